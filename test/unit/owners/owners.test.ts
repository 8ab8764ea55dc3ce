import assert from 'node:assert/strict';
import fc from 'fast-check';
import { toTaggedResource } from '../../../src/aws/convertResources.ts';
import { createOwnerLookup, groupByOwner, noOwner } from '../../../src/compliance/owners/groupByOwner.ts';
import { createTagExpressions, maxExpressionLength } from '../../../src/compliance/owners/tagExpressions.ts';
import { TagList } from '../../../src/compliance/owners/tagList.ts';
import { formatOwner } from '../../../src/compliance/text/ownerText.ts';
import { parseQuery } from '../../config-service/query/parseQuery.ts';
import type { Condition } from '../../config-service/query/query.ts';
import { type OpenTree, withTree } from '../../support/tree/openTree.ts';

const operation = 'SelectResourceConfig';
const pack = 'operational-best-practices-for-nist-800-53-rev-5';

/** The values of the only condition that an expression has. */
function getIds(expression: string): readonly unknown[] {
  const { where } = parseQuery(expression);
  const isSingle = (condition: Condition | undefined): Condition | undefined =>
    condition && 'conditions' in condition && condition.conditions.length === 1
      ? isSingle(condition.conditions[0])
      : condition;
  const condition = isSingle(where);
  assert(condition?.kind === 'in' && condition.property === 'resourceId');
  return condition.values;
}

/** Reads the failing results of a pack and the tags of their resources. */
async function withTags(use: (tree: OpenTree, tags: TagList) => Promise<void>): Promise<void> {
  await withTree({ attempts: 1, connections: [{}] }, async (tree) => {
    const store = tree.estate.getStore({});
    await store.getRuleList(pack).loadAll();
    await use(tree, new TagList(store, store.getRuleList(pack).failingResults, () => {}));
  });
}

describe('createTagExpressions', () => {
  it('asks for exactly the given IDs, whatever they contain, within the limits', () => {
    const id = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.constantFrom("'", "''", "a' OR resourceId = 'b", "') --", '\\', "\\'", '%', 'ü'.repeat(300)),
      fc.string({ minLength: 1, maxLength: 1000 }),
    );
    fc.assert(
      fc.property(fc.array(id, { maxLength: 40 }), (ids) => {
        const expressions = createTagExpressions(ids);
        for (const expression of expressions) assert(expression.length <= maxExpressionLength);
        const asked = expressions.map(getIds);
        for (const values of asked) assert(values.length <= 100);
        assert.deepEqual(asked.flat(), [...new Set(ids)].filter(Boolean));
      }),
      { numRuns: 40 },
    );
  });

  it('asks for at most 100 resources at once', () => {
    const ids = Array.from({ length: 250 }, (_, index) => String(index));
    assert.deepEqual(
      createTagExpressions(ids).map((expression) => getIds(expression).length),
      [100, 100, 50],
    );
  });

  it('leaves out an ID that is too long', () => {
    assert.deepEqual(createTagExpressions(['x'.repeat(5000), '']), []);
    assert.deepEqual(createTagExpressions(["'".repeat(3000), 'a']).map(getIds), [['a']]);
  });
});

describe('TagList', () => {
  it('groups failing results by owner, and tells resources without the tag from those that are not recorded', () =>
    withTags(async ({ estate, service }, tags) => {
      await tags.loadCurrent();
      const failing = estate.getStore({}).getRuleList(pack).failingResults.rows;
      const groups = groupByOwner(failing, createOwnerLookup(tags, 'Owner'));
      const ids = groups.map(({ id }) => id);
      assert(ids.filter((id) => id.startsWith('=')).length > 1, ids.join());
      assert.deepEqual(ids.slice(-2).sort(), [noOwner.unrecorded, noOwner.untagged].sort());
      assert.equal(groups.flatMap((group) => group.failing).length, failing.length);
      const unrecorded = groups.find(({ id }) => id === noOwner.unrecorded)?.failing ?? [];
      assert.deepEqual([...new Set(unrecorded.map(({ resourceType }) => resourceType))], ['AWS::IAM::User']);
      const resources = new Set(failing.map(({ resourceId }) => resourceId)).size;
      assert(service.requests.count(operation) <= Math.ceil(resources / 40));
      // The name of a tag is case-sensitive.
      const other = groupByOwner(failing, createOwnerLookup(tags, 'owner')).map(({ id }) => id);
      assert.deepEqual(other.sort(), [noOwner.unrecorded, noOwner.untagged].sort());
    }));

  it('reads tags once, and again after the results were read again', () =>
    withTags(async ({ estate, service }, tags) => {
      await tags.loadCurrent();
      const count = service.requests.count(operation);
      await tags.loadCurrent();
      assert.equal(service.requests.count(operation), count);
      await estate.getStore({}).getRuleList(pack).refresh();
      await tags.loadCurrent();
      assert.equal(service.requests.count(operation), 2 * count);
    }));

  it('calls resources unread, not untagged, when the permission is missing', () =>
    withTags(async ({ estate, service }, tags) => {
      service.faults = { refuse: { [operation]: { name: 'AccessDeniedException' } } };
      await tags.loadCurrent();
      assert.equal(tags.errors[0]?.details.permission, `config:${operation}`);
      const failing = estate.getStore({}).getRuleList(pack).failingResults.rows;
      const groups = groupByOwner(failing, createOwnerLookup(tags, 'Owner'));
      assert.deepEqual(
        groups.map(({ id }) => id),
        [noOwner.unread],
      );
    }));
});

describe('tags of a configuration item', () => {
  it('can be a list or an object', () => {
    const row = { resourceId: 'a', resourceType: 'AWS::S3::Bucket' };
    const list = toTaggedResource({
      ...row,
      tags: [{ tag: 'Owner=web', key: 'Owner', value: 'web' }, null, { key: 7 }],
    });
    const object = toTaggedResource({ ...row, tags: { Owner: 'web' } });
    assert.deepEqual([...(list?.tags ?? [])], [['Owner', 'web']]);
    const single = toTaggedResource({ ...row, tags: { tag: 'Owner=web', key: 'Owner', value: 'web' } });
    assert.deepEqual([object, single], [list, list]);
    assert.equal(toTaggedResource({ ...row, tags: 'x' })?.tags.size, 0);
  });
});

describe('formatOwner', () => {
  it('names owners and those without one', () => {
    assert.deepEqual(
      ['=web', '=', '=untagged', ...Object.values(noOwner)].map((id) => formatOwner(id, 'Owner')),
      [
        'web',
        'Empty tag Owner',
        'untagged',
        'No tag Owner',
        'Not recorded by AWS Config: tags unknown',
        'Tags not loaded',
      ],
    );
  });
});
