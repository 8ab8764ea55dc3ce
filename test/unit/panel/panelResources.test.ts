import assert from 'node:assert/strict';
import { PanelResources } from '../../../src/views/panel/panelResources.ts';
import { until } from '../../support/polling.ts';
import { type OpenTree, withTree } from '../../support/tree/openTree.ts';

const pack = 'operational-best-practices-for-amazon-s3';
const exceptionsOperation = 'DescribeRemediationExceptions';
const tagsOperation = 'SelectResourceConfig';

/** Reads the failing results of a pack, and hands its rule with most of them to `use`. */
async function withResources(
  use: (tree: OpenTree, resources: PanelResources, rule: string) => Promise<void>,
): Promise<void> {
  await withTree({ attempts: 1, connections: [{}] }, async (tree) => {
    const store = tree.estate.getStore({});
    const list = store.getRuleList(pack);
    await list.loadAll();
    const [rule] = list.rows;
    assert(rule);
    await use(
      tree,
      new PanelResources(
        store,
        pack,
        () => 'Owner',
        () => {},
      ),
      rule.name,
    );
  });
}

describe('PanelResources', () => {
  it('reads the exceptions of a rule once its resources are shown, and counts excepted resources', () =>
    withResources(async ({ service, estate }, resources, rule) => {
      assert.equal(service.requests.count(exceptionsOperation), 0);
      assert.equal(resources.getResources({ rule }, 100).exceptionsNote, 'Loading exceptions…');
      await estate.getStore({}).getExceptions(rule).loadAll();
      const shown = resources.getResources({ rule }, 100);
      const excepted = shown.resources.filter(({ exception }) => exception);
      assert.equal(shown.exceptionsNote, undefined);
      assert(excepted.length > 0 && excepted.length < shown.resources.length);
      assert.equal(shown.total, shown.resources.length);
      assert.equal(service.requests.count(exceptionsOperation), 1);
      const reported = resources.getReported({ rule }, undefined).resources;
      assert.equal(reported.filter(({ annotation }) => annotation?.includes(' · Exception')).length, excepted.length);
      const withoutExceptions = resources.getReported({ rule, hidesExceptions: true }, undefined).resources;
      assert.equal(withoutExceptions.length, shown.resources.length - excepted.length);
    }));

  it('names the permission where exceptions would be, and shows the resources', () =>
    withResources(async ({ service, estate }, resources, rule) => {
      service.faults = { refuse: { [exceptionsOperation]: { name: 'AccessDeniedException' } } };
      await estate.getStore({}).getExceptions(rule).loadAll();
      const shown = resources.getResources({ rule }, 100);
      assert(shown.resources.length > 0 && shown.resources.length === shown.total);
      assert.match(shown.exceptionsNote ?? '', /^Exceptions not loaded\. Not permitted: config:Describe/);
    }));

  it('reads exceptions again with a refresh, and after a denial with a retry', () =>
    withResources(async ({ service, estate }, resources, rule) => {
      const exceptions = estate.getStore({}).getExceptions(rule);
      service.faults = { refuse: { [exceptionsOperation]: { name: 'AccessDeniedException' } } };
      await exceptions.loadAll();
      service.faults = {};
      resources.retryExceptions([rule, rule]);
      await exceptions.loadAll();
      assert.equal(resources.getResources({ rule }, 100).exceptionsNote, undefined);
      assert.equal(service.requests.count(exceptionsOperation), 2);
      resources.retryExceptions([rule]);
      resources.refreshExceptions([rule]);
      await exceptions.loadAll();
      assert.equal(service.requests.count(exceptionsOperation), 3);
    }));

  it('reads owners only once they are shown, and selects resources by owner', () =>
    withResources(async ({ service }, resources, rule) => {
      assert.equal(resources.getOwners(), undefined);
      resources.loadOwners();
      assert.equal(service.requests.count(tagsOperation), 0);
      resources.showOwners();
      const owners = await until('the owners', () => {
        const current = resources.getOwners();
        return current && !current.isLoading ? current : undefined;
      });
      assert(service.requests.count(tagsOperation) > 0);
      const counts = owners.groups.map(({ id, rules }) => {
        const count = rules.find(([name]) => name === rule)?.[1] ?? 0;
        assert.equal(resources.getResources({ rule, owner: id }, 100).total, count);
        return count;
      });
      assert.equal(
        counts.reduce((sum, count) => sum + count, 0),
        resources.getResources({ rule }, 100).total,
      );
    }));

  it('names the permission where owners would be', () =>
    withResources(async ({ service }, resources) => {
      service.faults = { refuse: { [tagsOperation]: { name: 'AccessDeniedException' } } };
      resources.showOwners();
      await until('the denial', () => resources.tagErrors.length > 0);
      assert.match(resources.getOwners()?.problem ?? '', /^Not permitted: config:SelectResourceConfig/);
      assert.deepEqual(
        resources.getOwners()?.groups.map(({ label }) => label),
        ['Tags not loaded'],
      );
    }));
});
