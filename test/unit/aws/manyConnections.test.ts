import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { createOpenSource } from '../../../src/aws/openSource.ts';
import { type ComplianceSource, type Page, type PageRequest, worstFirst } from '../../../src/compliance/source.ts';
import { hasResults, isDeployed } from '../../config-service/estate/scoring.ts';
import { type ConfigService, generatedEstate, startConfigService } from '../../config-service/index.ts';
import { withAwsFiles } from '../../support/aws/withAwsFiles.ts';

const { signal } = new AbortController();
const perSecond = 8;
const packs = 45;
const estate = generatedEstate({ accounts: 10, regions: 10, packs });

/**
 * A request is counted when it goes out, the pace when it lets it go: in between the process may be busy with what
 * the other places are let go for, so that windows are measured this much shorter than a second, in milliseconds.
 */
const tolerance = 250;

/** When requests to AWS Config went out, by the account and region that they were signed for. */
type Starts = ReadonlyMap<string, readonly number[]>;

async function startsDuring(act: () => Promise<void>): Promise<Starts> {
  const starts = new Map<string, number[]>();
  const started = (message: unknown) => {
    const { request } = message as { readonly request: ClientRequest };
    const signed = /AKIDPACKSCOPE(\d{12})\/\d+\/([\w-]+)\/config\//.exec(String(request.getHeader('authorization')));
    if (!signed) return;
    const place = `${signed[1]}/${signed[2]}`;
    starts.set(place, [...(starts.get(place) ?? []), performance.now()]);
  };
  subscribe('http.client.request.start', started);
  try {
    await act();
  } finally {
    unsubscribe('http.client.request.start', started);
  }
  return starts;
}

/** All rows of a list, page after page. */
async function walk<T>(read: (request: PageRequest) => Promise<Page<T>>): Promise<T[]> {
  const rows: T[] = [];
  let cursor: string | undefined;
  do {
    const page: Page<T> = await read({ cursor, signal });
    rows.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return rows;
}

/** What a connection asks, side by side as the tree does; each of these lists has every pack's name. */
async function read(source: ComplianceSource, account: string): Promise<void> {
  const [scope, scores, byName, deployments] = await Promise.all([
    source.scope(signal),
    walk((request) => source.scores(request, worstFirst)),
    walk((request) => source.scores(request, { by: 'name', descending: false })),
    walk((request) => source.deployments(request)),
    walk((request) => source.aggregators(request)),
  ]);
  assert.equal(scope.account, account);
  const known = estate.packNames(scope).flatMap((name) => estate.pack(scope, name) ?? []);
  const names = (rows: readonly { readonly pack: string }[]) => rows.map(({ pack }) => pack).sort();
  const withScore = known.filter((pack) => isDeployed(pack) && hasResults(pack)).map(({ name }) => name);
  for (const rows of [scores, byName]) assert.deepEqual(names(rows), withScore.sort());
  const deployed = known.filter(isDeployed).map(({ name }) => name);
  assert.deepEqual(names(deployments), deployed.sort());
}

/** The most requests that the service had received and not answered at once, by account and region. */
function mostInFlight({ requests }: ConfigService): ReadonlyMap<string, number> {
  const places = Map.groupBy(
    requests.filter(({ operation }) => operation !== 'GetCallerIdentity'),
    ({ account, region }) => `${account}/${region}`,
  );
  return new Map(
    [...places].map(([place, all]) => {
      const at = (moment: number) =>
        all.filter(({ receivedAt, answeredAt }) => receivedAt <= moment && moment < answeredAt).length;
      return [place, Math.max(...all.map(({ receivedAt }) => at(receivedAt)))];
    }),
  );
}

/** Ten profiles that lead to these accounts, in ten regions each. */
async function tenByTen(accounts: readonly string[]): Promise<{ service: ConfigService; starts: Starts }> {
  const service = await startConfigService({ estate });
  const profile = (account: string, index: number) => {
    const { accessKeyId, secretAccessKey } = service.caller(account);
    return `[p${index}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
  };
  let starts: Starts = new Map();
  try {
    await withAwsFiles('', accounts.map(profile).join(''), async () => {
      // Throttling is tried again until it lets a request through: none may be lost by chance.
      Object.assign(process.env, { AWS_ENDPOINT_URL: service.url, AWS_MAX_ATTEMPTS: '10' });
      service.faults = { latencyMs: 40, throttleEvery: 50 };
      const open = createOpenSource({ pageSize: () => 20, requestsPerSecond: () => perSecond, log: () => {} });
      starts = await startsDuring(async () => {
        const reads = accounts.flatMap((account, index) =>
          estate.regions.map(async (region) => read(await open({ profile: `p${index}`, region }), account)),
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
  ['of ten accounts', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ['three of which lead to one account', [0, 0, 0, 3, 4, 5, 6, 7, 8, 9]],
];

describe('ten connections of ten regions each', () => {
  for (const [which, indices] of variants) {
    it(`${which}, keep their pace per account and region, and lose nothing`, async () => {
      const accounts = indices.map((index) => estate.accounts[index] ?? '');
      const { service, starts } = await tenByTen(accounts);
      assert.equal(starts.size, new Set(accounts).size * 10);
      assert(service.requests.some(({ error }) => error === 'ThrottlingException'));

      const most = mostInFlight(service);
      assert.deepEqual([...most.keys()].sort(), [...starts.keys()].sort());
      for (const [place, count] of most) assert(count <= 3, `${count} in flight at once at ${place}`);
      assert.equal(Math.max(...most.values()), 3, 'they are asked side by side');

      for (const [place, times] of starts) {
        for (const [index, first] of times.entries()) {
          const within = times.slice(index).filter((time) => time - first < 1000 - tolerance).length;
          assert(within <= perSecond, `${within} starts in one second at ${place}`);
        }
        const took = (times.at(-1) ?? 0) - (times[0] ?? 0);
        const least = (Math.ceil(times.length / perSecond) - 1) * 1000;
        assert(took >= least - tolerance, `${times.length} requests to ${place} in ${took} ms`);
      }
    }).timeout(60_000);
  }
});
