import assert from 'node:assert/strict';
import fc from 'fast-check';
import { redact } from '../../../src/compliance/redaction.ts';
import { worstFirst } from '../../../src/compliance/source.ts';
import { diagnosticsReport } from '../../../src/views/diagnostics/report.ts';
import { RequestHistory } from '../../../src/views/diagnostics/requestHistory.ts';
import { assertGolden } from '../../support/golden.ts';
import { noon, type OpenTree, type TreeOptions, withOpenTree } from '../tree/openTree.ts';

const about = ['Packscope 0.1.0', 'VS Code 1.140.0, desktop', 'Node 24.0.0, linux x64', 'Remote: none'];

/** The report on what a person sees at first. */
function reportOn({ estate, log }: OpenTree, settings = {}, environment: NodeJS.ProcessEnv = {}): string {
  const requests = new RequestHistory();
  for (const record of log) requests.add(record, noon.getTime());
  return diagnosticsReport({ about, settings, stores: [estate.store({})], requests, environment });
}

/** Requests end in any order, at any time, with any id. */
const masked = (report: string): string =>
  report
    .replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, '<id>')
    .replace(/ \d+ ms/g, ' <n> ms')
    .replace(/read \d{4}-[\d:.TZ-]+/g, 'read <time>')
    .replace(/(?<=## Last requests\n\n)[^#]*/, (lines) => `${lines.trim().split('\n').sort().join('\n')}\n`);

const golden = (name: string, options: TreeOptions, prepare: (open: OpenTree) => Promise<void>) =>
  withOpenTree({ attempts: 1, ...options }, async (open) => {
    await prepare(open);
    await open.shown.quiet();
    assertGolden(import.meta.url, `diagnostics-${name}.md`, masked(reportOn(open)));
  });

describe('the diagnostics', () => {
  it('tell of what has been read', () => golden('read', {}, async () => {}));

  it('tell of a person who is signed out', () => golden('signed-out', { signedOut: true }, async () => {}));

  it('tell of a denied permission, with the id of the request', () =>
    golden('denied', {}, async ({ service, shown }) => {
      service.faults = { refuse: { DescribeConformancePackStatus: { name: 'AccessDeniedException' } } };
      shown.refresh();
    }));

  it('tell of nothing where nothing has been asked', () => {
    const requests = new RequestHistory();
    const report = diagnosticsReport({ about, settings: {}, stores: [], requests, environment: {} });
    assertGolden(import.meta.url, 'diagnostics-nothing.md', report);
  });

  it('name what is set in the environment, and hold no value of it', () =>
    withOpenTree({}, async (open) => {
      const environment = {
        AWS_PROFILE: 'a-profile-of-mine',
        AWS_REGION: 'us-gov-west-1',
        AWS_SESSION_TOKEN: '',
        HTTPS_PROXY: 'http://me:pass@proxy.example:8080',
        no_proxy: 'internal.example',
        HOME: '/home/somebody',
      };
      const report = reportOn(open, {}, environment);
      assert.match(report, /\nSet: AWS_PROFILE, AWS_REGION, HTTPS_PROXY, no_proxy\n/);
      for (const value of Object.values(environment)) assert(value === '' || !report.includes(value), value);
    }));

  it('tell of settings that are not at their defaults', () =>
    withOpenTree({}, async (open) => {
      const report = reportOn(open, { 'packscope.connections': [{ profile: 'prod' }], 'packscope.pageSize': 7 });
      assert.match(report, /- packscope.connections: \[\{"profile":"prod"\}\]\n- packscope.pageSize: 7\n/);
    }));

  it('hold an old failure also after many requests that went well', () => {
    const requests = new RequestHistory();
    const record = { operation: 'A', region: 'us-east-1', milliseconds: 1, attempts: 1 };
    requests.add({ ...record, error: 'Broken: once' }, 0);
    for (let at = 1; at <= 30; at++) requests.add({ ...record, rows: 1 }, at);
    assert.equal(requests.all.length, 20);
    assert.equal(requests.all.at(-1)?.at, 30);
    const report = diagnosticsReport({ about, settings: {}, stores: [], requests, environment: {} });
    assert.match(
      report,
      /## Earlier failures\n\n- 1970-01-01T00:00:00.000Z A us-east-1 1 ms, 1 attempt: Broken: once\n/,
    );
  });
});

describe('no secret that went in', () => {
  const letters = (from: string, minLength: number, maxLength: number) =>
    fc.array(fc.constantFrom(...from), { minLength, maxLength }).map((each) => each.join(''));
  const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const base64 = `${capitals}${capitals.toLowerCase()}0189+/`;
  const keyId = letters(capitals, 16, 16).map((rest) => `ASIA${rest}`);
  const secretKey = letters(base64, 40, 40);
  const token = letters(base64, 100, 400).map((text) => `${text}==`);
  const signature = letters('0123456789abcdef', 64, 64);
  const around = fc.constantFrom('', ' ', ', ', '&', "'", '\n', ':', '=', '"', '|', '`');

  it('comes out of a message of the service, however it stands there', () => {
    fc.assert(
      fc.property(keyId, secretKey, token, signature, around, around, (key, secret, session, signed, before, after) => {
        for (const value of [key, secret, session, signed]) {
          const text = redact(`No: ${before}${value}${after} is wrong`, {});
          assert(!text.includes(value), text);
        }
      }),
    );
  });

  it('comes out of the whole report, whatever failed with it', () =>
    withOpenTree({ attempts: 1 }, async (open) => {
      const { AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: secret } = process.env;
      assert(key && secret);
      const [session, signed] = ['IQoJb3JpZ2luX2Vj'.repeat(10), 'ab12'.repeat(16)];
      const words = [
        `AWS4-HMAC-SHA256 Credential=${key}/20260101/us-east-1/config/aws4_request, Signature=${signed}`,
        `x-amz-security-token:${session}`,
        `the key ${key} with ${secret} and ${session}, ${signed}`,
      ];
      const operations = ['ListConformancePackComplianceScores', 'DescribeConformancePackStatus'] as const;
      for (const message of words) {
        const refusal = { name: 'InvalidSignatureException', message };
        open.service.faults = { refuse: Object.fromEntries(operations.map((operation) => [operation, refusal])) };
        await open.estate.store({}).packs(worstFirst).refresh();
        const report = reportOn(open, {}, { ...process.env, AWS_SESSION_TOKEN: session });
        assert.match(report, /InvalidSignatureException/);
        for (const value of [key, secret, session, signed]) assert(!report.includes(value), report);
      }
    }));

  it('takes the names of operations, pack names or ids of requests with it', () => {
    for (const text of [
      'DescribeAggregateComplianceByConformancePacks',
      'config:GetOrganizationConformancePackDetailedStatus',
      'operational-best-practices-for-aws-identity-and-access-management',
      '0b5d2b9e-7c1f-4d7b-9a52-6f2f6c1f9f10',
      'arn:aws:sts::318604927715:assumed-role/SecurityAudit/auditor',
    ]) {
      assert.equal(redact(text, {}), text);
    }
  });
});
