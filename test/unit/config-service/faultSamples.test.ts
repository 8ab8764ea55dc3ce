import assert from 'node:assert/strict';
import {
  DescribeAggregateComplianceByConformancePacksCommand,
  ListConformancePackComplianceScoresCommand,
} from '@aws-sdk/client-config-service';
import { AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { type FaultSample, faultSamples } from '../../config-service/faultSamples.ts';
import { type ConfigService, startConfigService } from '../../config-service/index.ts';
import { createConfigClient, createStsClient, post, postRaw } from './clients.ts';

const organizationOperation = 'GetOrganizationConformancePackDetailedStatus';
const account = '318604927715';

describe('local AWS Config: samples of faults', () => {
  let service: ConfigService;
  before(async () => {
    service = await startConfigService({ estate: 'demo' });
  });
  beforeEach(() => {
    service.faults = {};
  });
  after(() => service.close());

  const scores = async () => {
    const response = await postRaw(service, {});
    return [response.status, response.headers.get('content-type'), response.headers.has('x-amzn-requestid')];
  };
  const json = 'application/x-amz-json-1.1';

  const samples: readonly (readonly [FaultSample, number, string | null, boolean])[] = [
    ['deletedKey', 400, json, true],
    ['deniedWithoutMessage', 400, json, true],
    ['throttledWithoutBody', 429, null, true],
    ['failedConfig', 500, json, true],
    ['failedWithoutBody', 500, null, true],
    ['captivePortal', 200, 'text/html', false],
    ['webFilter', 403, 'text/html', false],
    ['jsonFilter', 403, 'application/json', false],
    ['foreignJson', 200, 'application/json', false],
    ['suspendedAccount', 400, json, true],
    ['badGateway', 502, 'text/html', false],
    ['emptyBody', 200, json, true],
    ['missingOperations', 400, json, true],
  ];
  for (const [sample, ...expected] of samples) {
    it(`${sample}: ${expected.join(', ')}`, async () => {
      service.faults = faultSamples[sample];
      assert.deepEqual(await scores(), expected);
    });
  }

  it('deny without a message', async () => {
    service.faults = faultSamples.deniedWithoutMessage;
    assert.deepEqual((await post(service, {})).json, { __type: 'AccessDeniedException' });
  });

  it('refuse the signature of a wrong clock in the words of AWS, with the Date header or without', async () => {
    for (const [sample, words, hasDate] of [
      [
        'clockAhead',
        /^Signature not yet current: \d{8}T\d{6}Z is still later than \d{8}T\d{6}Z \(\d{8}T\d{6}Z \+ 15 min\.\)$/,
        false,
      ],
      [
        'clockBehind',
        /^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 15 min\.\)$/,
        false,
      ],
      ['correctableClock', /^Signature not yet current/, true],
    ] as const) {
      service.faults = faultSamples[sample];
      const { json: body, headers } = await post(service, {});
      assert.match(body.message ?? '', words);
      assert.equal(headers.has('date'), hasDate);
    }
  });

  it('let the SDK correct its clock', async () => {
    service.faults = faultSamples.correctableClock;
    const client = createConfigClient(service, { maxAttempts: 2 });
    await client.send(new ListConformancePackComplianceScoresCommand({}));
  });

  it('fail STS, also without a signature', async () => {
    const sts = createStsClient(service);
    const assume = () =>
      sts.send(
        new AssumeRoleWithWebIdentityCommand({
          RoleArn: `arn:aws:iam::${account}:role/Web`,
          RoleSessionName: 'me',
          WebIdentityToken: 'token',
        }),
      );
    assert.match((await assume()).Credentials?.AccessKeyId ?? '', /^ASIA/);
    for (const [sample, statusCode, name] of [
      ['failedSts', 500, 'InternalFailure'],
      ['unavailableSts', 503, 'ServiceUnavailable'],
    ] as const) {
      service.faults = faultSamples[sample];
      for (const send of [assume, () => sts.send(new GetCallerIdentityCommand({}))]) {
        await assert.rejects(send(), (error: Error & { $metadata: { httpStatusCode: number } }) => {
          return error.name === name && error.$metadata.httpStatusCode === statusCode;
        });
      }
    }
  });

  it('fail the SSO portal and SSO OIDC', async () => {
    const portal = () => fetch(`${service.url}/federation/credentials?account_id=${account}&role_name=R`);
    const oidc = () => fetch(`${service.url}/token`, { method: 'POST', body: '{}' });
    for (const [sample, send, statusCode, name] of [
      ['throttledPortal', portal, 429, 'TooManyRequestsException'],
      ['failedPortal', portal, 500, 'InternalFailure'],
      ['unavailablePortal', portal, 503, 'ServiceUnavailable'],
      ['failedOidc', oidc, 500, 'InternalServerException'],
      ['unavailableOidc', oidc, 503, 'ServiceUnavailable'],
    ] as const) {
      service.faults = faultSamples[sample];
      const response = await send();
      assert.deepEqual([response.status, response.headers.get('x-amzn-errortype')], [statusCode, name], sample);
    }
  });

  it('refuse an operation for the organization', async () => {
    service.faults = faultSamples.organizationDenied;
    const body = JSON.stringify({ OrganizationConformancePackName: 'baseline' });
    assert.equal(
      (await post(service, { operation: organizationOperation, body })).json.__type,
      'OrganizationAccessDeniedException',
    );
  });

  const getRows = async (): Promise<readonly unknown[]> => {
    const { json: body } = await post(service, {});
    const [list] = Object.values(body);
    assert(Array.isArray(list));
    return list;
  };

  it('omit the list', async () => {
    service.faults = faultSamples.missingLists;
    assert.deepEqual((await post(service, {})).json, {});
  });

  it('change one row', async () => {
    const rows = await getRows();
    for (const [sample, index, changed] of [
      ['scoreTooHigh', 0, { ...Object(rows[0]), Score: '110' }],
      ['nullRow', 3, null],
      ['textRow', 3, 'row'],
      ['emptyRow', 3, {}],
    ] as const) {
      service.faults = faultSamples[sample];
      assert.deepEqual(await getRows(), rows.with(index, changed));
    }
  });

  it('change a member of a member', async () => {
    service.faults = faultSamples.unknownCompliance;
    const [ConfigurationAggregatorName = ''] = service.estate.aggregators(service.estate.home).map(({ name }) => name);
    const { AggregateComplianceByConformancePacks: rows = [] } = await createConfigClient(service).send(
      new DescribeAggregateComplianceByConformancePacksCommand({ ConfigurationAggregatorName }),
    );
    assert(rows.length > 0);
    for (const { Compliance } of rows) {
      assert.equal(Compliance?.ComplianceType, 'NOT_APPLICABLE');
      assert.equal(typeof Compliance?.TotalRuleCount, 'number');
    }
  });
});
