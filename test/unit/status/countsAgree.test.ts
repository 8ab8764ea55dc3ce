import assert from 'node:assert/strict';
import { summarize } from '../../../src/compliance/queries/connectionSummary.ts';
import { OverviewReader } from '../../../src/views/organization/overviewReader.ts';
import { toSummary } from '../../../src/views/organization/overviewSummary.ts';
import { createBadge, formatStatus, formatStatusTooltip } from '../../../src/views/status/statusText.ts';
import { getLabel } from '../../../src/views/tree/item/labels.ts';
import { formatNonCompliant } from '../../../src/webview/overview/text.ts';
import { assertGolden } from '../../support/golden.ts';
import { noon, type OpenTree, withOpenTree } from '../../support/tree/openTree.ts';
import { run } from '../organization/overviewEstate.ts';

const target = 90;

/** Reads all rows of the organization, and returns what the overview says about them. */
async function summarizeOrganization({ estate, shown }: OpenTree) {
  const [aggregator] = shown.nodesOfKind('aggregator');
  assert(aggregator);
  const { connection, scope } = aggregator;
  const reader = new OverviewReader(estate.getStore(connection), aggregator.aggregator.name);
  const { promise, resolve } = Promise.withResolvers<void>();
  reader.onDidChange(() => reader.isComplete && resolve());
  reader.load();
  await promise;
  return run(toSummary({ connection, scope, name: aggregator.aggregator.name }, reader));
}

describe('counts of packs', () => {
  it('have the same words and numbers in status bar, badge, tree and overview', () =>
    withOpenTree({}, async (open) => {
      const { shown, estate } = open;
      const summaries = [summarize(estate.getStore({}), target)];
      const [status = '', badge] = [formatStatus(summaries), createBadge(summaries)];
      const [scope] = shown.nodesOfKind('scope');
      assert(scope && badge);

      const belowTarget = getLabel(scope).description;
      assert.match(belowTarget, /^\d+ packs below target$/);
      assert(status.includes(belowTarget), status);
      const tooltip = formatStatusTooltip(summaries, target, noon.getTime()).map(({ text }) => text);
      const [nonCompliant = ''] = /^\d+ non-compliant packs/.exec(badge.tooltip) ?? [];
      assert(tooltip.includes(`${belowTarget} · ${nonCompliant} · target 90%`), tooltip.join('\n'));
      const packs = shown.nodesOfKind('pack');
      const below = packs.filter(({ pack }) => (pack.score?.percent ?? 100) < target);
      assert.equal(below.length, Number.parseInt(belowTarget, 10));

      const { account, region } = scope.scope;
      shown.setQuery({ groupBy: 'account', filter: { account, region } });
      await shown.waitUntilIdle();
      for (const node of shown.nodesOfKind('aggregator').slice(0, 1)) shown.expand(node);
      await shown.waitUntilIdle();
      for (const node of shown.nodesOfKind('group')) shown.expand(node);
      await shown.waitUntilIdle();
      const rows = shown.nodesOfKind('row').filter(({ row }) => row.compliance === 'NON_COMPLIANT');
      // The aggregator also lists packs that have been deleted, which have no score.
      const deployed = rows.filter(({ score }) => score !== undefined);
      assert.deepEqual([`${deployed.length} non-compliant packs`, deployed.length], [nonCompliant, badge.value]);

      shown.setQuery({ groupBy: 'region', filter: {} });
      await shown.waitUntilIdle();
      const groups = shown.nodesOfKind('group').map((node) => getLabel(node).description);
      const sum = groups.reduce((total, text) => total + Number(/^(\d+) non-compliant · /.exec(text)?.[1]), 0);
      const overview = formatNonCompliant(await summarizeOrganization(open));
      assert(overview.startsWith(`${sum} of `) && overview.includes(' non-compliant ('), overview);
      assertGolden(
        import.meta.url,
        'counts-agree.txt',
        `${[status, belowTarget, badge.tooltip, ...tooltip.slice(0, 2), ...groups, overview].join('\n')}\n`,
      );
    }));

  it('agree for packs that are not all loaded', () =>
    withOpenTree({ pageSize: 2 }, async ({ shown, estate }) => {
      const summaries = [summarize(estate.getStore({}), target)];
      const [scope] = shown.nodesOfKind('scope');
      assert(scope);
      const { description } = getLabel(scope);
      assert.equal(description, '2 packs below target so far');
      assert(formatStatus(summaries)?.includes(description));
      assert.match(createBadge(summaries)?.tooltip ?? '', /^2 non-compliant packs so far in /);
    }));
});
