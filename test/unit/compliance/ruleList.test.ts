import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type ComplianceType, complianceTypes, type Evaluation, type Rule } from '../../../src/compliance/model.ts';
import { RuleList, type RuleWithFailures } from '../../../src/compliance/store/ruleList.ts';
import { createPagedFetch, Desk } from '../../support/desk.ts';

const ruleOf = (name: string, compliance?: ComplianceType): Rule => ({ name, compliance, controls: [] });

const failureOf = (rule: string, resourceId: string): Evaluation => ({
  rule,
  resourceType: 'AWS::S3::Bucket',
  resourceId,
  compliance: 'NON_COMPLIANT',
  annotation: undefined,
  evaluatedAt: undefined,
});

const counts = ({ rows }: RuleList): string[] => rows.map(({ name, failing }) => `${name} ${failing.length}`);
const rank = ({ compliance }: Rule) => (compliance ? complianceTypes.indexOf(compliance) : complianceTypes.length);

function open() {
  const rules = new Desk<Rule>();
  const failing = new Desk<Evaluation>();
  return { rules, failing, list: new RuleList(rules.fetch, failing.fetch, () => {}) };
}

describe("a pack's rules", () => {
  it('are asked together with what fails, and both to their end', async () => {
    const { rules, failing, list } = open();
    list.ensureLoaded();
    assert.deepEqual([rules.requests.length, failing.requests.length], [1, 1]);
    await rules.last.respond([ruleOf('a')]);
    await failing.last.respond([failureOf('a', '1')], 'on');
    assert.equal(list.state, 'loading');
    await failing.last.respond([failureOf('a', '2')]);
    assert.deepEqual([list.state, list.isComplete, counts(list)], ['done', true, ['a 2']]);
  });

  it('stand by what fails, then by state, then by name', async () => {
    const { rules, failing, list } = open();
    list.ensureLoaded();
    await rules.last.respond([
      ruleOf('z'),
      ruleOf('d', 'COMPLIANT'),
      ruleOf('c', 'COMPLIANT'),
      ruleOf('b', 'INSUFFICIENT_DATA'),
      ruleOf('a', 'NON_COMPLIANT'),
      ruleOf('y', 'NON_COMPLIANT'),
    ]);
    await failing.last.respond([failureOf('a', '1'), failureOf('y', '1'), failureOf('y', '2')]);
    assert.deepEqual(counts(list), ['y 2', 'a 1', 'b 0', 'c 0', 'd 0', 'z 0']);
  });

  it('are named by what fails where they themselves are denied', async () => {
    const { rules, failing, list } = open();
    list.ensureLoaded();
    await rules.last.fail('denied', 'DescribeConformancePackCompliance');
    await failing.last.respond([failureOf('a', '1')]);
    assert.equal(list.state, 'failed');
    assert.deepEqual(list.rows, [
      { name: 'a', compliance: 'NON_COMPLIANT', controls: [], failing: [failureOf('a', '1')] },
    ]);
    assert.deepEqual(
      list.errors.map(({ details }) => details.operation),
      ['DescribeConformancePackCompliance'],
    );
    assert(list.failingResults.isComplete, 'so that a fix still has its worth');
  });

  it('stand without their results where these are denied, and without a worth', async () => {
    const { rules, failing, list } = open();
    list.ensureLoaded();
    await rules.last.respond([ruleOf('b', 'COMPLIANT'), ruleOf('a', 'NON_COMPLIANT')]);
    await failing.last.fail('denied', 'GetConformancePackComplianceDetails');
    assert.deepEqual(counts(list), ['a 0', 'b 0']);
    assert.equal(list.failingResults.isComplete, false);
    assert.equal(list.errors.length, 1);
  });

  it('are asked for again only where they failed', async () => {
    const { rules, failing, list } = open();
    list.ensureLoaded();
    await rules.last.respond([ruleOf('a')]);
    await failing.last.fail();
    void list.retry();
    assert.deepEqual([rules.requests.length, failing.requests.length], [1, 2]);
    await failing.last.respond([failureOf('a', '1')]);
    assert.deepEqual([list.state, counts(list)], ['done', ['a 1']]);
  });

  it('are all there once and in order, whatever the pages', async () => {
    const names = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const rules = fc.uniqueArray(
      fc.tuple(names, fc.constantFrom(undefined, ...complianceTypes)).map(([name, state]) => ruleOf(name, state)),
      { selector: ({ name }) => name },
    );
    const failures = fc.uniqueArray(
      fc.tuple(names, fc.nat(20)).map(([rule, id]) => failureOf(rule, String(id))),
      { selector: ({ rule, resourceId }) => rule + resourceId },
    );
    await fc.assert(
      fc.asyncProperty(rules, failures, fc.integer({ min: 1, max: 7 }), async (rules, failures, size) => {
        const list = new RuleList(createPagedFetch(rules, size), createPagedFetch(failures, size), () => {});
        await list.loadMore();
        const { rows } = list;
        const expected = new Set([...rules.map(({ name }) => name), ...failures.map(({ rule }) => rule)]);
        assert.deepEqual(rows.map(({ name }) => name).toSorted(), [...expected].toSorted());
        assert.deepEqual(rows.flatMap(({ failing }) => failing).toSorted(byId), failures.toSorted(byId));
        rows.slice(1).forEach((row, index) => {
          const before: RuleWithFailures = rows[index] ?? row;
          const order = before.failing.length - row.failing.length || rank(row) - rank(before);
          assert(order > 0 || (order === 0 && before.name < row.name), `${before.name} before ${row.name}`);
        });
      }),
    );
  });
});

const byId = (a: Evaluation, b: Evaluation): number => (a.rule + a.resourceId < b.rule + b.resourceId ? -1 : 1);
