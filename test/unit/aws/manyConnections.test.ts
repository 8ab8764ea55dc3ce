import assert from 'node:assert/strict';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import {
  type ComplianceSource,
  defaultPackOrder,
  type Page,
  type PageRequest,
} from '../../../src/compliance/source.ts';
import { hasResults, isDeployed } from '../../config-service/estate/scoring.ts';
import { type ConfigService, generatedEstate, startConfigService } from '../../config-service/index.ts';
import { createOpenSource } from '../../support/aws/openSource.ts';
import { withAwsFiles } from '../../support/aws/withAwsFiles.ts';

const { signal } = new AbortController();
const perSecond = 8;
const packs = 45;
const estate = generatedEstate({ accounts: 10, regions: 10, packs });

/** Milliseconds between the decision to start a request and its measurement. */
const tolerance = 50;

/** Start times of requests to AWS Config by the account and region in their signature. */
type Starts = ReadonlyMap<string, readonly number[]>;

/** Records when the rate limiter releases requests: on a busy machine they leave the process later. */
async function recordStarts(act: () => Promise<void>): Promise<Starts> {
  const starts = new Map<string, number[]>();
  const { handle } = NodeHttpHandler.prototype;
  NodeHttpHandler.prototype.handle = function (request, options) {
    const signed = /AKIDPACKSCOPE(\d{12})\/\d+\/([\w-]+)\/config\//.exec(String(request.headers.authorization));
    if (signed) {
      const scope = `${signed[1]}/${signed[2]}`;
      starts.set(scope, [...(starts.get(scope) ?? []), performance.now()]);
    }
    return handle.call(this, request, options);
  };
  try {
    await act();
  } finally {
    NodeHttpHandler.prototype.handle = handle;
  }
  return starts;
}

/** Reads all pages of a list. */
async function readAll<T>(readPage: (request: PageRequest) => Promise<Page<T>>): Promise<T[]> {
  const rows: T[] = [];
  let cursor: string | undefined;
  do {
    const page: Page<T> = await readPage({ cursor, signal });
    rows.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return rows;
}

/** Reads a connection's lists concurrently, like the tree, and checks the names of all packs. */
async function readConnection(source: ComplianceSource, account: string): Promise<void> {
  const [scope, scores, byName, deployments] = await Promise.all([
    source.getScope(signal),
    readAll((request) => source.listScores(request, defaultPackOrder)),
    readAll((request) => source.listScores(request, { by: 'name', descending: false })),
    readAll((request) => source.listDeployments(request)),
    readAll((request) => source.listAggregators(request)),
  ]);
  assert.equal(scope.account, account);
  const all = estate.packNames(scope).flatMap((name) => estate.pack(scope, name) ?? []);
  const names = (rows: readonly { readonly pack: string }[]) => rows.map(({ pack }) => pack).sort();
  const withScore = all.filter((pack) => isDeployed(pack) && hasResults(pack)).map(({ name }) => name);
  for (const rows of [scores, byName]) assert.deepEqual(names(rows), withScore.sort());
  const deployed = all.filter(isDeployed).map(({ name }) => name);
  assert.deepEqual(names(deployments), deployed.sort());
}

/** The highest number of concurrent requests that the service received, by account and region. */
function countMaxInFlight({ requests }: ConfigService): ReadonlyMap<string, number> {
  const scopes = Map.groupBy(
    requests.filter(({ operation }) => operation !== 'GetCallerIdentity'),
    ({ account, region }) => `${account}/${region}`,
  );
  return new Map(
    [...scopes].map(([scope, all]) => {
      const countAt = (moment: number) =>
        all.filter(({ receivedAt, answeredAt }) => receivedAt <= moment && moment < answeredAt).length;
      return [scope, Math.max(...all.map(({ receivedAt }) => countAt(receivedAt)))];
    }),
  );
}

/** Reads ten profiles with keys of these accounts in ten regions each. */
async function readTenByTen(accounts: readonly string[]): Promise<{ service: ConfigService; starts: Starts }> {
  const service = await startConfigService({ estate });
  const profile = (account: string, index: number) => {
    const { accessKeyId, secretAccessKey } = service.caller(account);
    return `[p${index}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
  };
  let starts: Starts = new Map();
  try {
    await withAwsFiles('', accounts.map(profile).join(''), async () => {
      // Enough attempts that no request fails because of throttling.
      Object.assign(process.env, { AWS_ENDPOINT_URL: service.url, AWS_MAX_ATTEMPTS: '10' });
      service.faults = { latencyMs: 40, throttleEvery: 50 };
      const open = createOpenSource({ pageSize: () => 20, requestsPerSecond: () => perSecond, log: () => {} });
      starts = await recordStarts(async () => {
        const reads = accounts.flatMap((account, index) =>
          estate.regions.map(async (region) => readConnection(await open({ profile: `p${index}`, region }), account)),
        );
        await Promise.all(reads);
      });
    });
  } finally {
    await service.close();
  }
  return { service, starts };
}

const variants: readonly (readonly [string, readonly number[]])[] = [
  ['ten accounts', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ['three of the profiles share an account', [0, 0, 0, 3, 4, 5, 6, 7, 8, 9]],
];

describe('ten connections of ten regions each', () => {
  for (const [accountsText, indices] of variants) {
    it(`respect the limits per account and region and lose no rows (${accountsText})`, async () => {
      const accounts = indices.map((index) => estate.accounts[index] ?? '');
      const { service, starts } = await readTenByTen(accounts);
      assert.equal(starts.size, new Set(accounts).size * 10);
      assert(service.requests.some(({ error }) => error === 'ThrottlingException'));

      const maxInFlight = countMaxInFlight(service);
      assert.deepEqual([...maxInFlight.keys()].sort(), [...starts.keys()].sort());
      for (const [scope, count] of maxInFlight) assert(count <= 25, `${count} in flight at once in ${scope}`);
      assert(Math.max(...maxInFlight.values()) >= 3, 'requests run concurrently');

      for (const [scope, times] of starts) {
        for (const [index, first] of times.entries()) {
          const within = times.slice(index).filter((time) => time - first < 1000 - tolerance).length;
          assert(within <= perSecond, `${within} starts in one second in ${scope}`);
        }
        const duration = (times.at(-1) ?? 0) - (times[0] ?? 0);
        const minDuration = (Math.ceil(times.length / perSecond) - 1) * 1000;
        assert(duration >= minDuration - tolerance, `${times.length} requests to ${scope} in ${duration} ms`);
      }
    }).timeout(60_000);
  }
});
