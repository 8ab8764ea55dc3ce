import assert from 'node:assert/strict';
import type { ComplianceError } from '../../../src/compliance/errors.ts';
import { createOpenSource } from '../../support/aws/openSource.ts';
import { withTree } from '../../support/tree/openTree.ts';

const { signal } = new AbortController();

/** A source that records throttling reports. */
async function openSource() {
  const reports: { region: string; until: number; reportedAt: number }[] = [];
  const open = createOpenSource({
    pageSize: () => 100,
    requestsPerSecond: () => 100,
    log: () => {},
    onThrottled: (region, until) => reports.push({ region, until, reportedAt: Date.now() }),
  });
  const source = await open({});
  return { reports, readPacks: () => source.listDeployments({ cursor: undefined, signal }) };
}

describe('reportThrottling', () => {
  it('reports the region and the time of the retry', () =>
    withTree({ connections: [] }, async ({ service }) => {
      const { reports, readPacks } = await openSource();
      service.faults = { throttleEvery: 2 };
      await readPacks();
      assert.equal(reports.length, 0);
      const { items } = await readPacks();
      const [report, ...others] = reports;
      assert(report && others.length === 0);
      assert.equal(report.region, 'us-east-1');
      assert(report.until >= report.reportedAt && report.until <= report.reportedAt + 20_000);
      // Timers may be a millisecond early.
      assert(Date.now() >= report.until - 1);
      assert.equal(items.length, 14);
    }));

  it('attempts a request AWS_MAX_ATTEMPTS times', () =>
    withTree({ connections: [], attempts: 2 }, async ({ service }) => {
      const { reports, readPacks } = await openSource();
      service.faults = { throttleEvery: 1 };
      await assert.rejects(readPacks(), ({ kind }: ComplianceError) => kind === 'throttled');
      assert.deepEqual([reports.length, service.requests.count()], [1, 2]);
    }));

  it('reports no other retried error', () =>
    withTree({ connections: [] }, async ({ service }) => {
      const { reports, readPacks } = await openSource();
      service.faults = { htmlErrorEvery: 2 };
      await readPacks();
      await readPacks();
      assert.deepEqual([reports, service.requests.count()], [[], 3]);
    }));
});
