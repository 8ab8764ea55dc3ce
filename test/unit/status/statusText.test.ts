import assert from 'node:assert/strict';
import { ComplianceError } from '../../../src/compliance/errors.ts';
import { type ConnectionSummary, summarize } from '../../../src/compliance/queries/connectionSummary.ts';
import { defaultPackOrder } from '../../../src/compliance/source.ts';
import { createBadge, formatStatus, formatStatusTooltip } from '../../../src/views/status/statusText.ts';
import type { OperationName } from '../../config-service/model.ts';
import { assertGolden } from '../../support/golden.ts';
import { noon, type OpenTree, type TreeOptions, withOpenTree, withTree } from '../../support/tree/openTree.ts';

const target = 90;

const summarizeAll = ({ estate }: OpenTree, { connections = [{}] }: TreeOptions): ConnectionSummary[] =>
  connections.map((connection) => summarize(estate.getStore(connection), target));

/** Renders the status bar, the badge and the tooltip as text. */
function render(summaries: readonly ConnectionSummary[]): string {
  const badge = createBadge(summaries);
  const indents = { title: '', line: '  ', item: '  - ' };
  const tooltip = formatStatusTooltip(summaries, target, noon.getTime()).map(({ kind, text }) => indents[kind] + text);
  return [
    formatStatus(summaries) ?? '(no item)',
    badge ? `(${badge.value}) ${badge.tooltip}` : '(no badge)',
    ...tooltip,
    '',
  ].join('\n');
}

const assertStatus = (name: string, options: TreeOptions, prepare = (_: OpenTree): void | Promise<void> => {}) =>
  withTree({ attempts: 1, ...options }, async (open) => {
    await prepare(open);
    open.shown.open();
    await open.shown.waitUntilIdle();
    for (const node of open.shown.nodesOfKind('scope')) open.shown.expand(node);
    await open.shown.waitUntilIdle();
    assertGolden(import.meta.url, `${name}.txt`, render(summarizeAll(open, options)));
  });

/** A connection before anything is loaded. */
const emptySummary: ConnectionSummary = {
  connection: {},
  scope: undefined,
  packs: [],
  packsBelowTarget: [],
  hasAllBelowTarget: false,
  hasAllNonCompliant: false,
  readAt: undefined,
  isLoading: false,
  error: undefined,
};

const regions = [{ region: 'us-east-1' }, { region: 'eu-central-1' }, { region: 'ap-southeast-2' }];

describe('status texts', () => {
  it('are empty before anything is loaded', () =>
    withTree({}, async (open) => {
      const summaries = summarizeAll(open, {});
      assert.deepEqual([formatStatus(summaries), createBadge(summaries)], [undefined, undefined]);
      assert.deepEqual(open.service.requests.length, 0);
    }));

  it('summarize one account and region', () => assertStatus('one', {}));

  it('summarize three regions', () => assertStatus('three-regions', { connections: regions }));

  it('count connections that are not loaded yet', () =>
    withOpenTree({ connections: regions }, async (open) => {
      const [first] = open.shown.nodesOfKind('scope');
      assert(first);
      assert.equal(formatStatus(summarizeAll(open, { connections: regions })), undefined);
      open.shown.expand(first);
      await open.shown.waitUntilIdle();
      assertGolden(import.meta.url, 'one-of-three.txt', render(summarizeAll(open, { connections: regions })));
    }));

  it('mark the count of an incomplete list', () => assertStatus('incomplete', { pageSize: 2 }));

  it('mention an account without packs', () =>
    assertStatus('no-packs', {}, ({ service }) => {
      const { account, region } = service.estate.home;
      for (const name of service.estate.packNames(service.estate.home))
        service.estate.deletePack(account, region, name);
    }));

  it('say that scores could not be read again, unless only deployment states are denied', () =>
    withTree({ attempts: 1 }, async (open) => {
      const refresh = async (operation: OperationName, name: string) => {
        open.service.faults = { refuse: { [operation]: { name } } };
        await open.estate.getStore({}).getPackList(defaultPackOrder).refresh();
        return formatStatus(summarizeAll(open, {}));
      };
      await open.estate.getStore({}).identity.loadMore();
      await open.estate.getStore({}).getPackList(defaultPackOrder).loadAll();
      const healthy = formatStatus(summarizeAll(open, {}));
      assert.match(healthy ?? '', /^\$\(shield\) /);
      const failed = `${healthy?.replace('shield', 'warning')} · could not refresh`;
      assert.equal(await refresh('ListConformancePackComplianceScores', 'ThrottlingException'), failed);
      assert.equal(await refresh('ListConformancePackComplianceScores', 'AccessDeniedException'), failed);
      assert.equal(await refresh('DescribeConformancePackStatus', 'ThrottlingException'), failed);
      assert.equal(await refresh('DescribeConformancePackStatus', 'AccessDeniedException'), healthy);
    }));

  it('limit the packs in the tooltip', () =>
    assertStatus('many', {}, ({ service }) => {
      const { account, region } = service.estate.home;
      for (const number of [1, 2, 3]) {
        const name = `baseline-${number}`;
        service.estate.addPack(account, region, name, [{ rule: 'restricted-ssh', resources: 4, failing: number }]);
      }
    }));

  it('mention a missing sign-in', () => assertStatus('signed-out', { signedOut: true }));

  it('count connections that are signed out', () =>
    withOpenTree({}, async (open) => {
      const error = new ComplianceError('signedOut', 'for a test');
      const signedOut = ['prod', 'dev'].map(
        (profile): ConnectionSummary => ({ ...emptySummary, connection: { profile }, error }),
      );
      const summaries = [...summarizeAll(open, {}), ...signedOut];
      assertGolden(import.meta.url, 'signed-out-of-two.txt', render(summaries));
    }));

  it('mention denied scores', () =>
    assertStatus('denied', {}, ({ service }) => {
      service.faults = { refuse: { ListConformancePackComplianceScores: { name: 'AccessDeniedException' } } };
    }));

  it('keep loaded scores after the session expires', () =>
    withOpenTree({ attempts: 1 }, async (open) => {
      open.service.faults = { expiredCredentials: true };
      open.shown.refresh();
      await open.shown.waitUntilIdle();
      assertGolden(import.meta.url, 'expired.txt', render(summarizeAll(open, {})));
    }));

  it('are empty after a reset', () =>
    withOpenTree({}, async (open) => {
      open.estate.reset();
      assert.equal(formatStatus(summarizeAll(open, {})), undefined);
      assert.equal(createBadge(summarizeAll(open, {})), undefined);
    }));

  it('count profiles and limit the connections in the tooltip', () => {
    const summaries = Array.from(
      { length: 12 },
      (_, index): ConnectionSummary => ({
        ...emptySummary,
        connection: { profile: index % 2 ? 'prod' : 'dev', region: `us-nowhere-${index}` },
        scope: { account: '111122223333', partition: 'aws', region: `us-nowhere-${index}` },
        hasAllBelowTarget: true,
        hasAllNonCompliant: true,
      }),
    );
    assertGolden(import.meta.url, 'two-profiles.txt', render(summaries));
  });
});
