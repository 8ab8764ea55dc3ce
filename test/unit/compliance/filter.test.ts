import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  countFilter,
  describeFilter,
  type Filter,
  filterProblem,
  isFiltered,
  matchesCount,
  matchesPack,
  matchesRow,
  matchesScope,
  parseFilter,
  rowFilter,
} from '../../../src/compliance/filter.ts';
import { type AggregateRow, complianceTypes, type Pack, parseScore } from '../../../src/compliance/model.ts';

const pack = (name: string, published?: string): Pack => ({
  name,
  score: published === undefined ? undefined : { pack: name, updatedAt: undefined, ...parseScore(published) },
  deployment: undefined,
});

const row: AggregateRow = {
  pack: 'Baseline',
  account: '111111111111',
  region: 'us-east-1',
  compliance: 'COMPLIANT',
  compliantRules: 1,
  nonCompliantRules: 0,
  totalRules: 1,
};

const everything: Filter = {
  compliance: 'NON_COMPLIANT',
  scoreBelow: 80,
  name: 'baseline',
  nameContains: 'base',
  account: '111111111111',
  region: 'us-east-1',
};

const anyFilter: fc.Arbitrary<Filter> = fc.record(
  {
    compliance: fc.constantFrom(...complianceTypes),
    scoreBelow: fc.integer({ min: 0, max: 100 }),
    name: fc.constantFrom('baseline', 'pci-dss'),
    nameContains: fc.constantFrom('base', 'PCI'),
    account: fc.constantFrom('111111111111', '222222222222'),
    region: fc.constantFrom('us-east-1', 'eu-central-1'),
  },
  { requiredKeys: [] },
);

describe('a filter of packs', () => {
  const cases: readonly (readonly [Filter, Pack, boolean])[] = [
    [{}, pack('a'), true],
    [{ compliance: 'COMPLIANT' }, pack('a', '100'), true],
    [{ compliance: 'COMPLIANT' }, pack('a', '99.99'), false],
    [{ compliance: 'NON_COMPLIANT' }, pack('a', '99.99'), true],
    [{ compliance: 'NON_COMPLIANT' }, pack('a'), false],
    [{ compliance: 'INSUFFICIENT_DATA' }, pack('a'), true],
    [{ compliance: 'INSUFFICIENT_DATA' }, pack('a', 'INSUFFICIENT_DATA'), true],
    [{ scoreBelow: 80 }, pack('a', '79.99'), true],
    [{ scoreBelow: 80 }, pack('a', '80'), false],
    [{ scoreBelow: 80 }, pack('a'), false],
    [{ scoreBelow: 0 }, pack('a', '0'), false],
    [{ name: 'Base' }, pack('Base'), true],
    [{ name: 'Base' }, pack('base'), false],
    [{ name: 'Base' }, pack('Baseline'), false],
    [{ nameContains: 'PCI' }, pack('best-practices-for-pci-dss'), true],
    [{ nameContains: 'pci.dss' }, pack('pci-dss'), false],
    [{ nameContains: 'pci', scoreBelow: 50 }, pack('pci-dss', '60'), false],
  ];
  for (const [filter, given, matches] of cases) {
    const what = `${given.name} (${given.score?.percent ?? 'no score'})`;
    it(`${describeFilter(filter) || 'of nothing'} ${matches ? 'keeps' : 'leaves out'} ${what}`, () => {
      assert.equal(matchesPack(filter, given), matches);
    });
  }
});

describe('a filter of what an aggregator shows', () => {
  it('goes to the service as far as the service can filter rows', () => {
    assert.deepEqual(rowFilter(everything), {
      compliance: 'NON_COMPLIANT',
      pack: 'baseline',
      account: '111111111111',
      region: 'us-east-1',
    });
    assert.deepEqual(rowFilter({ nameContains: 'base', scoreBelow: 80 }), {});
  });

  it('goes to the service as far as the service can filter counts', () => {
    assert.deepEqual(countFilter(everything), { account: '111111111111', region: 'us-east-1' });
    assert.deepEqual(countFilter({ compliance: 'COMPLIANT', name: 'a' }), {});
  });

  it('looks for a part of a name in rows, in any case', () => {
    assert.equal(matchesRow({ nameContains: 'bASE' }, row, undefined), true);
    assert.equal(matchesRow({ nameContains: 'pci' }, row, undefined), false);
  });

  it('by score shows only rows that have one, however many of their rules pass', () => {
    const score = { pack: row.pack, percent: 79.9, text: undefined, updatedAt: undefined };
    assert.equal(matchesRow({ scoreBelow: 80 }, row, score), true);
    assert.equal(matchesRow({ scoreBelow: 79.9 }, row, score), false);
    assert.equal(matchesRow({ scoreBelow: 80 }, row, undefined), false);
  });

  it('leaves out a group only where its counts say that nothing in it can match', () => {
    const none = { name: 'g', compliantPacks: 0, nonCompliantPacks: 0 };
    const some = { name: 'g', compliantPacks: 1, nonCompliantPacks: 1 };
    assert.deepEqual(
      complianceTypes.map((compliance) => [matchesCount({ compliance }, none), matchesCount({ compliance }, some)]),
      [
        [false, true],
        [true, true],
        [false, true],
      ],
    );
    assert.equal(matchesCount({ scoreBelow: 1, name: 'a' }, none), true);
  });

  it('leaves out a scope of another account or region', () => {
    const scope = { account: '111111111111', partition: 'aws', region: 'us-east-1' };
    assert.equal(matchesScope({}, scope), true);
    assert.equal(matchesScope({ account: '111111111111', region: 'us-east-1' }, scope), true);
    assert.equal(matchesScope({ account: '222222222222' }, scope), false);
    assert.equal(matchesScope({ region: 'eu-central-1' }, scope), false);
  });
});

describe('a filter in words', () => {
  it('says each of its parts', () => {
    assert.equal(
      describeFilter(everything),
      'non-compliant · score below 80 · name is “baseline” · name contains “base” · account 111111111111 · region us-east-1',
    );
    assert.equal(describeFilter({ scoreBelow: 0 }), 'score below 0');
  });

  it('is empty just where nothing is filtered', () => {
    fc.assert(fc.property(anyFilter, (filter) => assert.equal(describeFilter(filter) !== '', isFiltered(filter))));
  });
});

describe('a filter given by a keybinding', () => {
  it('is taken as it is where it is one', () => {
    fc.assert(
      fc.property(anyFilter, (filter) => {
        assert.deepEqual(parseFilter({ ...filter }), isFiltered(filter) ? { ...filter } : undefined);
      }),
    );
  });

  for (const other of [undefined, null, 'name', 7, {}, [], { kind: 'scope' }, { name: 'a', kind: 'pack' }]) {
    it(`is none where it is ${JSON.stringify(other)}`, () => assert.equal(parseFilter(other), undefined));
  }

  const wrong: readonly (readonly [keyof Filter, unknown])[] = [
    ['compliance', 'BAD'],
    ['scoreBelow', 101],
    ['scoreBelow', -1],
    ['scoreBelow', '80'],
    ['scoreBelow', Number.NaN],
    ['name', '-starts-with-hyphen'],
    ['name', 'a'.repeat(257)],
    ['name', ''],
    ['nameContains', '  '],
    ['account', '12345'],
    ['account', 111111111111],
    ['region', 'EU central'],
  ];
  for (const [key, value] of wrong) {
    it(`is refused, saying why, where ${key} is ${String(value).slice(0, 20)}`, () => {
      assert.match(filterProblem(key, value) ?? '', /^Give .+\.$/);
      assert.throws(() => parseFilter({ [key]: value }), new RegExp(`Filter by ${key}: Give `));
    });
  }
});
