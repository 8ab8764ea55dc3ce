import assert from 'node:assert/strict';
import fc from 'fast-check';
import { redact } from '../../../src/compliance/redaction.ts';
import { defaultPackOrder } from '../../../src/compliance/source.ts';
import { RecentRequests } from '../../../src/views/diagnostics/recentRequests.ts';
import { createReport } from '../../../src/views/diagnostics/report.ts';
import { assertGolden } from '../../support/golden.ts';
import { noon, type OpenTree, type TreeOptions, withOpenTree } from '../../support/tree/openTree.ts';

const about = ['Packscope 0.1.0', 'VS Code 1.140.0, desktop', 'Node 24.0.0, linux x64', 'Remote: none'];

/** Reports the requests of a tree and the store of the default connection. */
function createReportFor({ estate, log }: OpenTree, settings = {}, environment: NodeJS.ProcessEnv = {}): string {
  const requests = new RecentRequests();
  for (const record of log) requests.add(record, noon.getTime());
  return createReport({ about, settings, stores: [estate.getStore({})], requests, environment });
}

/** Replaces request ids, durations and times, and sorts the requests, because they end in any order. */
const mask = (report: string): string =>
  report
    .replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, '<id>')
    .replace(/ \d+ ms/g, ' <n> ms')
    .replace(/loaded \d{4}-[\d:.TZ-]+/g, 'loaded <time>')
    .replace(/(?<=## Last requests\n\n)[^#]*/, (lines) => `${lines.trim().split('\n').sort().join('\n')}\n`);

const assertReport = (name: string, options: TreeOptions, prepare: (open: OpenTree) => Promise<void>) =>
  withOpenTree({ attempts: 1, ...options }, async (open) => {
    await prepare(open);
    await open.shown.waitUntilIdle();
    assertGolden(import.meta.url, `report-${name}.md`, mask(createReportFor(open)));
  });

describe('createReport', () => {
  it('lists loaded lists and requests', () => assertReport('read', {}, async () => {}));

  it('lists errors of a missing sign-in', () => assertReport('signed-out', { signedOut: true }, async () => {}));

  it('lists a denied permission with the request id', () =>
    assertReport('denied', {}, async ({ service, shown }) => {
      service.faults = { refuse: { DescribeConformancePackStatus: { name: 'AccessDeniedException' } } };
      shown.refresh();
    }));

  it('works without connections and requests', () => {
    const requests = new RecentRequests();
    const report = createReport({ about, settings: {}, stores: [], requests, environment: {} });
    assertGolden(import.meta.url, 'report-nothing.md', report);
  });

  it('lists the names of environment variables, but no values', () =>
    withOpenTree({}, async (open) => {
      const environment = {
        AWS_PROFILE: 'a-profile-of-mine',
        AWS_REGION: 'us-gov-west-1',
        AWS_SESSION_TOKEN: '',
        HTTPS_PROXY: 'http://me:pass@proxy.example:8080',
        no_proxy: 'internal.example',
        HOME: '/home/somebody',
      };
      const report = createReportFor(open, {}, environment);
      assert.match(report, /\nSet: AWS_PROFILE, AWS_REGION, HTTPS_PROXY, no_proxy\n/);
      for (const value of Object.values(environment)) assert(value === '' || !report.includes(value), value);
    }));

  it('lists changed settings', () =>
    withOpenTree({}, async (open) => {
      const report = createReportFor(open, { 'packscope.connections': [{ profile: 'prod' }], 'packscope.pageSize': 7 });
      assert.match(report, /- packscope.connections: \[\{"profile":"prod"\}\]\n- packscope.pageSize: 7\n/);
    }));

  it('keeps an old failure after many successful requests', () => {
    const requests = new RecentRequests();
    const record = { operation: 'A', region: 'us-east-1', milliseconds: 1, attempts: 1 };
    requests.add({ ...record, error: 'Broken: once' }, 0);
    for (let endedAt = 1; endedAt <= 30; endedAt++) requests.add({ ...record, rows: 1 }, endedAt);
    assert.equal(requests.all.length, 20);
    assert.equal(requests.all.at(-1)?.endedAt, 30);
    const report = createReport({ about, settings: {}, stores: [], requests, environment: {} });
    assert.match(
      report,
      /## Earlier failures\n\n- 1970-01-01T00:00:00.000Z A us-east-1 1 ms, 1 attempt: Broken: once\n/,
    );
  });
});

describe('secrets', () => {
  const text = (from: string, minLength: number, maxLength: number) =>
    fc.array(fc.constantFrom(...from), { minLength, maxLength }).map((each) => each.join(''));
  const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const base64 = `${capitals}${capitals.toLowerCase()}0189+/`;
  const keyId = text(capitals, 16, 16).map((rest) => `ASIA${rest}`);
  const secretKey = text(base64, 40, 40);
  const token = text(base64, 100, 400).map((text) => `${text}==`);
  const signature = text('0123456789abcdef', 64, 64);
  const separator = fc.constantFrom('', ' ', ', ', '&', "'", '\n', ':', '=', '"', '|', '`');

  it('are redacted in messages of the service', () => {
    fc.assert(
      fc.property(
        keyId,
        secretKey,
        token,
        signature,
        separator,
        separator,
        (key, secret, session, signed, before, after) => {
          for (const value of [key, secret, session, signed]) {
            const message = redact(`No: ${before}${value}${after} is wrong`, {});
            assert(!message.includes(value), message);
          }
        },
      ),
    );
  });

  it('are redacted in reports of failed requests', () =>
    withOpenTree({ attempts: 1 }, async (open) => {
      const { AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: secret } = process.env;
      assert(key && secret);
      const [session, signed] = ['IQoJb3JpZ2luX2Vj'.repeat(10), 'ab12'.repeat(16)];
      const messages = [
        `AWS4-HMAC-SHA256 Credential=${key}/20260101/us-east-1/config/aws4_request, Signature=${signed}`,
        `x-amz-security-token:${session}`,
        `the key ${key} with ${secret} and ${session}, ${signed}`,
      ];
      const operations = ['ListConformancePackComplianceScores', 'DescribeConformancePackStatus'] as const;
      for (const message of messages) {
        const error = { name: 'InvalidSignatureException', message };
        open.service.faults = { refuse: Object.fromEntries(operations.map((operation) => [operation, error])) };
        await open.estate.getStore({}).getPackList(defaultPackOrder).refresh();
        const report = createReportFor(open, {}, { ...process.env, AWS_SESSION_TOKEN: session });
        assert.match(report, /InvalidSignatureException/);
        for (const value of [key, secret, session, signed]) assert(!report.includes(value), report);
      }
    }));

  it('are redacted without operation names, pack names, request ids and ARNs', () => {
    for (const name of [
      'DescribeAggregateComplianceByConformancePacks',
      'config:GetOrganizationConformancePackDetailedStatus',
      'operational-best-practices-for-aws-identity-and-access-management',
      '0b5d2b9e-7c1f-4d7b-9a52-6f2f6c1f9f10',
      'arn:aws:sts::318604927715:assumed-role/SecurityAudit/auditor',
    ]) {
      assert.equal(redact(name, {}), name);
    }
  });
});
