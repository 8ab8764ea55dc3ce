import assert from 'node:assert/strict';
import { createOpenSource } from '../../../src/aws/openSource.ts';
import type { ComplianceError } from '../../../src/compliance/errors.ts';
import { withTree } from '../tree/openTree.ts';

const { signal } = new AbortController();

/** A source that notes when it was told to wait, and until when. */
async function openSource() {
  const waits: { region: string; until: number; told: number }[] = [];
  const open = createOpenSource({
    pageSize: () => 100,
    requestsPerSecond: () => 100,
    log: () => {},
    onThrottled: (region, until) => waits.push({ region, until, told: Date.now() }),
  });
  const source = await open({});
  return { waits, ask: () => source.deployments({ cursor: undefined, signal }) };
}

describe('a request that AWS throttles', () => {
  it('tells its region and until when it waits, and goes on no sooner', () =>
    withTree({ connections: [] }, async ({ service }) => {
      const { waits, ask } = await openSource();
      service.faults = { throttleEvery: 2 };
      await ask();
      assert.equal(waits.length, 0);
      const { items } = await ask();
      const [wait, ...others] = waits;
      assert(wait && others.length === 0);
      assert.equal(wait.region, 'us-east-1');
      assert(wait.until >= wait.told && wait.until <= wait.told + 20_000);
      // Timers may be a millisecond early.
      assert(Date.now() >= wait.until - 1);
      assert.equal(items.length, 14);
    }));

  it('is asked as often as AWS_MAX_ATTEMPTS says', () =>
    withTree({ connections: [], attempts: 2 }, async ({ service }) => {
      const { waits, ask } = await openSource();
      service.faults = { throttleEvery: 1 };
      await assert.rejects(ask(), ({ kind }: ComplianceError) => kind === 'throttled');
      assert.deepEqual([waits.length, service.requests.count()], [1, 2]);
    }));

  it('alone waits: another failure that passes tells nothing', () =>
    withTree({ connections: [] }, async ({ service }) => {
      const { waits, ask } = await openSource();
      service.faults = { htmlErrorEvery: 2 };
      await ask();
      await ask();
      assert.deepEqual([waits, service.requests.count()], [[], 3]);
    }));
});
