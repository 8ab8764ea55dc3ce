import assert from 'node:assert/strict';
import {
  type ConfigServiceClient,
  type ConfigServiceServiceException,
  DescribeConformancePackStatusCommand,
  ListConformancePackComplianceScoresCommand,
} from '@aws-sdk/client-config-service';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { type ConfigService, startConfigService } from '../../config-service/index.ts';
import { createConfigClient, createStsClient } from './clients.ts';

const start = new Date('2026-03-01T12:00:00Z').getTime();

describe('local AWS Config: faults', () => {
  let service: ConfigService;
  let client: ConfigServiceClient;
  let elapsedMs = 0;
  before(async () => {
    service = await startConfigService({ estate: 'demo', now: () => new Date(start + elapsedMs) });
    client = createConfigClient(service);
  });
  beforeEach(() => {
    service.faults = {};
    service.requests.clear();
  });
  after(() => service.close());

  const scores = (input: object = {}) => client.send(new ListConformancePackComplianceScoresCommand(input));
  const status = () => client.send(new DescribeConformancePackStatusCommand({}));

  /** Runs a number of calls and returns the name of each error, or `ok`. */
  const runCalls = async (count: number, call: () => Promise<unknown> = scores) => {
    const names: string[] = [];
    for (let i = 0; i < count; i += 1) {
      names.push(
        await call().then(
          () => 'ok',
          (error: Error) => error.name,
        ),
      );
    }
    return names;
  };

  it('throttle every nth request', async () => {
    service.faults = { throttleEvery: 3 };
    assert.deepEqual(await runCalls(6), ['ok', 'ok', 'ThrottlingException', 'ok', 'ok', 'ThrottlingException']);
  });

  it('throttle requests above a rate until the bucket is refilled', async () => {
    service.faults = { throttlePerSecond: 2 };
    assert.deepEqual(await runCalls(3), ['ok', 'ok', 'ThrottlingException']);
    elapsedMs += 500;
    assert.deepEqual(await runCalls(2), ['ok', 'ThrottlingException']);
    elapsedMs += 60_000;
    assert.deepEqual(await runCalls(3), ['ok', 'ok', 'ThrottlingException']);
  });

  it('reset the connection before the response', async () => {
    service.faults = { resetEvery: 2 };
    assert.equal((await runCalls(1))[0], 'ok');
    await assert.rejects(scores(), { code: 'ECONNRESET' });
    assert.deepEqual(
      service.requests.map((request) => request.status),
      [200, 0],
    );
  });

  it('return 503 with HTML', async () => {
    service.faults = { htmlErrorEvery: 1 };
    await assert.rejects(scores(), (error: ConfigServiceServiceException) => error.$metadata.httpStatusCode === 503);
  });

  it('truncate a response', async () => {
    service.faults = { truncateEvery: 1 };
    await assert.rejects(scores(), { code: 'ECONNRESET' });
    assert.deepEqual(
      service.requests.map((request) => [request.status, request.rows]),
      [[200, 12]],
    );
  });

  it('refuse valid page tokens', async () => {
    const { NextToken } = await scores({ Limit: 5 });
    service.faults = { refuseTokenEvery: 2 };
    const next = () => scores({ Limit: 5, NextToken });
    assert.deepEqual(await runCalls(3, next), ['ok', 'InvalidNextTokenException', 'ok']);
  });

  it('expire credentials, also for STS', async () => {
    service.faults = { expiredCredentials: true };
    assert.deepEqual(await runCalls(1), ['ExpiredTokenException']);
    assert.deepEqual(await runCalls(1, () => createStsClient(service).send(new GetCallerIdentityCommand({}))), [
      'ExpiredToken',
    ]);
  });

  it('deny one operation with the message of AWS', async () => {
    service.faults = { refuse: { ListConformancePackComplianceScores: { name: 'AccessDeniedException' } } };
    const { account } = service.estate.home;
    await assert.rejects(scores(), {
      name: 'AccessDeniedException',
      message: new RegExp(
        `^User: arn:aws:sts::${account}:assumed-role/\\S+ is not authorized to perform: config:ListConformancePackComplianceScores on resource: `,
      ),
    });
    assert.deepEqual(await runCalls(1, status), ['ok']);
  });

  it('refuse an operation with any name and message', async () => {
    service.faults = {
      refuse: { DescribeConformancePackStatus: { name: 'NoSuchConformancePackException', message: 'Gone' } },
    };
    await assert.rejects(status(), { name: 'NoSuchConformancePackException', message: 'Gone' });
    assert.equal(service.requests[0]?.error, 'NoSuchConformancePackException');
  });

  it('delay every response', async () => {
    service.faults = { latencyMs: 60 };
    const before = performance.now();
    await scores();
    assert.ok(performance.now() - before >= 55);
  });

  it('affect only the selected operations', async () => {
    service.faults = { throttleEvery: 1, only: ['DescribeConformancePackStatus'] };
    assert.deepEqual(await runCalls(2), ['ok', 'ok']);
    assert.deepEqual(await runCalls(2, status), ['ThrottlingException', 'ThrottlingException']);
  });

  it('can be changed by a member', async () => {
    service.faults.throttleEvery = 1;
    assert.deepEqual(await runCalls(1), ['ThrottlingException']);
    delete service.faults.throttleEvery;
    assert.deepEqual(await runCalls(1), ['ok']);
  });

  it('are handled by the retries of the SDK', async () => {
    service.faults = { throttleEvery: 2, resetEvery: 3 };
    const retrying = createConfigClient(service, { maxAttempts: 3 });
    for (let i = 0; i < 3; i += 1) {
      const { ConformancePackComplianceScores } = await retrying.send(
        new ListConformancePackComplianceScoresCommand({}),
      );
      assert.equal(ConformancePackComplianceScores?.length, 12);
    }
    assert.ok(service.requests.length > 3);
  });
});

describe('local AWS Config: the request log', () => {
  it('records input, caller and outcome', async () => {
    const service = await startConfigService({ estate: 'demo', now: () => new Date(start) });
    const client = createConfigClient(service, { region: 'eu-central-1' });
    await client.send(new ListConformancePackComplianceScoresCommand({ Limit: 2 }));
    await client.send(new ListConformancePackComplianceScoresCommand({ Limit: 99 })).catch(() => undefined);
    await client.send(new DescribeConformancePackStatusCommand({}));
    const { account } = service.estate.home;
    const operation = 'ListConformancePackComplianceScores';
    const common = { at: new Date(start), operation, account, region: 'eu-central-1' };
    const records = service.requests.map(({ receivedAt, answeredAt, ...record }) => {
      assert(receivedAt <= answeredAt);
      return record;
    });
    assert.deepEqual(records.slice(0, 2), [
      { ...common, input: { Limit: 2 }, status: 200, rows: 2 },
      { ...common, input: { Limit: 99 }, status: 400, error: 'InvalidLimitException', rows: 0 },
    ]);
    assert.equal(service.requests.count(operation), 2);
    assert.equal(service.requests.count(), 3);
    service.requests.clear();
    assert.equal(service.requests.count(), 0);
    await service.close();
  });
});
