import assert from 'node:assert/strict';
import type { AggregateRow } from '../../../src/compliance/model.ts';
import type { AggregateRule, PackItem } from '../../../src/compliance/organizationModel.ts';
import { findRulesByCounts, findRulesByItem } from '../../../src/compliance/queries/packMembership.ts';

const scope = { account: '111122223333', region: 'eu-central-1' };
const first = 'conformance-pack-aaaaaaaaa';
const second = 'conformance-pack-bbbbbbbbb';

const createRule = (rule: string, compliance = 'COMPLIANT'): AggregateRule => ({
  ...scope,
  rule,
  compliance,
  resources: 3,
  isCapped: false,
});

const createRow = (pack: string, compliantRules: number, nonCompliantRules: number): AggregateRow => ({
  ...scope,
  pack,
  compliance: 'NON_COMPLIANT',
  compliantRules,
  nonCompliantRules,
  totalRules: compliantRules + nonCompliantRules,
});

const rules = [
  createRule(`logging-${first}`),
  createRule(`logging-${second}`, 'NON_COMPLIANT'),
  createRule(`tls-${first}`, 'NON_COMPLIANT'),
  createRule('logging'),
  createRule(`${first}-logging`),
];
const getNames = (found: { readonly rules: readonly AggregateRule[] } | undefined) =>
  found?.rules.map(({ rule }) => rule);

describe('findRulesByItem', () => {
  const item: PackItem = { ...scope, pack: 'a', id: undefined, rules: [] };

  it('takes the rules with the suffix of the pack, also where two packs have the same rule', () => {
    assert.deepEqual(getNames(findRulesByItem(rules, { ...item, id: first })), [`logging-${first}`, `tls-${first}`]);
  });

  it('takes the rules that the item names if it has no ID', () => {
    const named = { ...item, rules: [{ name: 'logging', compliance: 'COMPLIANT' }] };
    assert.deepEqual(getNames(findRulesByItem(rules, named)), ['logging']);
  });

  it('shows the rules of the item where rules cannot be read, without counts', () => {
    const found = findRulesByItem([], { ...item, rules: [{ name: `x-${first}`, compliance: 'NON_COMPLIANT' }] });
    const expected = {
      ...scope,
      rule: `x-${first}`,
      compliance: 'NON_COMPLIANT',
      resources: undefined,
      isCapped: false,
    };
    assert.deepEqual(found, { evidence: 'item', rules: [expected] });
  });

  it('finds nothing by an item that names neither', () => {
    assert.equal(findRulesByItem(rules, item), undefined);
  });
});

describe('findRulesByCounts', () => {
  const rows = [createRow('a', 1, 1), createRow('b', 0, 1)];

  it('takes the rules of the only deployment with the counts of the pack', () => {
    assert.deepEqual(getNames(findRulesByCounts(rules, rows, 'a')), [`logging-${first}`, `tls-${first}`]);
    assert.deepEqual(getNames(findRulesByCounts(rules, rows, 'b')), [`logging-${second}`]);
  });

  it('finds nothing if another pack has the same counts', () => {
    assert.equal(findRulesByCounts(rules, [...rows, createRow('deleted', 1, 1)], 'a'), undefined);
  });

  it('finds nothing if another deployment has the same counts', () => {
    const ambiguous = [...rules, createRule('x-conformance-pack-ccccccccc', 'NON_COMPLIANT')];
    assert.equal(findRulesByCounts(ambiguous, rows, 'b'), undefined);
  });

  it('finds nothing by impossible, empty or absent counts, nor among rules of no pack', () => {
    assert.equal(findRulesByCounts(rules, [{ ...createRow('a', 1, 1), countsText: '-1' }], 'a'), undefined);
    assert.equal(findRulesByCounts(rules, [createRow('a', 0, 0)], 'a'), undefined);
    assert.equal(findRulesByCounts(rules, rows, 'c'), undefined);
    assert.equal(findRulesByCounts([createRule('logging')], [createRow('a', 1, 0)], 'a'), undefined);
  });
});
