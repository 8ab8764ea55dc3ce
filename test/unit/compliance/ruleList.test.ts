import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type ComplianceType, complianceTypes, type Evaluation, type Rule } from '../../../src/compliance/model.ts';
import { RuleList, type RuleWithFailures } from '../../../src/compliance/store/ruleList.ts';
import { createPagedFetch, Desk } from '../../support/desk.ts';

const createRule = (name: string, compliance?: ComplianceType): Rule => ({ name, compliance, controls: [] });

const createFailure = (rule: string, resourceId: string): Evaluation => ({
  rule,
  resourceType: 'AWS::S3::Bucket',
  resourceId,
  compliance: 'NON_COMPLIANT',
  annotation: undefined,
  evaluatedAt: undefined,
});

const getCounts = ({ rows }: RuleList): string[] => rows.map(({ name, failing }) => `${name} ${failing.length}`);
const rank = ({ compliance }: Rule) =>
  ['NON_COMPLIANT', 'INSUFFICIENT_DATA', 'COMPLIANT', undefined].indexOf(compliance);

function createList() {
  const rules = new Desk<Rule>();
  const failing = new Desk<Evaluation>();
  return { rules, failing, list: new RuleList(rules.fetch, failing.fetch, () => {}) };
}

describe('RuleList', () => {
  it('loads all pages of rules and failing results at the same time', async () => {
    const { rules, failing, list } = createList();
    list.ensureLoaded();
    assert.deepEqual([rules.requests.length, failing.requests.length], [1, 1]);
    await rules.last.respond([createRule('a')]);
    await failing.last.respond([createFailure('a', '1')], 'on');
    assert.equal(list.state, 'loading');
    await failing.last.respond([createFailure('a', '2')]);
    assert.deepEqual([list.state, list.isComplete, getCounts(list)], ['done', true, ['a 2']]);
  });

  it('sorts rules by failing results, then by compliance, then by name', async () => {
    const { rules, failing, list } = createList();
    list.ensureLoaded();
    await rules.last.respond([
      createRule('z'),
      createRule('d', 'COMPLIANT'),
      createRule('c', 'COMPLIANT'),
      createRule('b', 'INSUFFICIENT_DATA'),
      createRule('a', 'NON_COMPLIANT'),
      createRule('y', 'NON_COMPLIANT'),
    ]);
    await failing.last.respond([createFailure('a', '1'), createFailure('y', '1'), createFailure('y', '2')]);
    assert.deepEqual(getCounts(list), ['y 2', 'a 1', 'b 0', 'c 0', 'd 0', 'z 0']);
  });

  it('derives rules from failing results if rules are denied', async () => {
    const { rules, failing, list } = createList();
    list.ensureLoaded();
    await rules.last.fail('denied', 'DescribeConformancePackCompliance');
    await failing.last.respond([createFailure('a', '1')]);
    assert.equal(list.state, 'failed');
    assert.deepEqual(list.rows, [
      { name: 'a', compliance: 'NON_COMPLIANT', controls: [], failing: [createFailure('a', '1')] },
    ]);
    assert.deepEqual(
      list.errors.map(({ details }) => details.operation),
      ['DescribeConformancePackCompliance'],
    );
    assert(list.failingResults.isComplete, 'so that gains can be estimated');
  });

  it('shows rules without failing results if these are denied', async () => {
    const { rules, failing, list } = createList();
    list.ensureLoaded();
    await rules.last.respond([createRule('b', 'COMPLIANT'), createRule('a', 'NON_COMPLIANT')]);
    await failing.last.fail('denied', 'GetConformancePackComplianceDetails');
    assert.deepEqual(getCounts(list), ['a 0', 'b 0']);
    assert.equal(list.failingResults.isComplete, false);
    assert.equal(list.errors.length, 1);
  });

  it('retries only the failed part', async () => {
    const { rules, failing, list } = createList();
    list.ensureLoaded();
    await rules.last.respond([createRule('a')]);
    await failing.last.fail();
    void list.retry();
    assert.deepEqual([rules.requests.length, failing.requests.length], [1, 2]);
    await failing.last.respond([createFailure('a', '1')]);
    assert.deepEqual([list.state, getCounts(list)], ['done', ['a 1']]);
  });

  it('contains every rule once and in order, whatever the page size', async () => {
    const names = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const rules = fc.uniqueArray(
      fc.tuple(names, fc.constantFrom(undefined, ...complianceTypes)).map(([name, state]) => createRule(name, state)),
      { selector: ({ name }) => name },
    );
    const failures = fc.uniqueArray(
      fc.tuple(names, fc.nat(20)).map(([rule, id]) => createFailure(rule, String(id))),
      { selector: ({ rule, resourceId }) => rule + resourceId },
    );
    await fc.assert(
      fc.asyncProperty(rules, failures, fc.integer({ min: 1, max: 7 }), async (rules, failures, size) => {
        const list = new RuleList(createPagedFetch(rules, size), createPagedFetch(failures, size), () => {});
        await list.loadMore();
        const { rows } = list;
        const expected = new Set([...rules.map(({ name }) => name), ...failures.map(({ rule }) => rule)]);
        assert.deepEqual(rows.map(({ name }) => name).toSorted(), [...expected].toSorted());
        assert.deepEqual(rows.flatMap(({ failing }) => failing).toSorted(compareIds), failures.toSorted(compareIds));
        rows.slice(1).forEach((row, index) => {
          const before: RuleWithFailures = rows[index] ?? row;
          const order = before.failing.length - row.failing.length || rank(row) - rank(before);
          assert(order > 0 || (order === 0 && before.name < row.name), `${before.name} before ${row.name}`);
        });
      }),
    );
  });
});

const compareIds = (a: Evaluation, b: Evaluation): number => (a.rule + a.resourceId < b.rule + b.resourceId ? -1 : 1);
