import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseScore } from '../../../src/aws/parseScore.ts';
import {
  type Filter,
  isFiltered,
  matchesCount,
  matchesPack,
  matchesRow,
  matchesScope,
  toCountFilter,
  toRowFilter,
} from '../../../src/compliance/filter.ts';
import { type AggregateRow, complianceTypes, type Pack } from '../../../src/compliance/model.ts';
import { parseFilter, tryParseFilter } from '../../../src/compliance/parseFilter.ts';
import { describeFilter } from '../../../src/compliance/text/filterText.ts';
import { validate } from '../../../src/compliance/validation.ts';

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

const fullFilter: Filter = {
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

describe('matchesPack', () => {
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
  for (const [filter, tested, matches] of cases) {
    const packText = `${tested.name} (${tested.score?.percent ?? 'no score'})`;
    it(`${matches ? 'accepts' : 'rejects'} ${packText} for the filter “${describeFilter(filter)}”`, () => {
      assert.equal(matchesPack(filter, tested), matches);
    });
  }
});

describe('Filter of an aggregator', () => {
  it('sends AWS Config only the parts it supports for rows', () => {
    assert.deepEqual(toRowFilter(fullFilter), {
      compliance: 'NON_COMPLIANT',
      pack: 'baseline',
      account: '111111111111',
      region: 'us-east-1',
    });
    assert.deepEqual(toRowFilter({ nameContains: 'base', scoreBelow: 80 }), {});
  });

  it('sends AWS Config only the parts it supports for counts', () => {
    assert.deepEqual(toCountFilter(fullFilter), { account: '111111111111', region: 'us-east-1' });
    assert.deepEqual(toCountFilter({ compliance: 'COMPLIANT', name: 'a' }), {});
  });

  it('matches a part of a row’s name, ignoring case', () => {
    assert.equal(matchesRow({ nameContains: 'bASE' }, row, undefined), true);
    assert.equal(matchesRow({ nameContains: 'pci' }, row, undefined), false);
  });

  it('by score matches only rows with a published score', () => {
    const score = { pack: row.pack, percent: 79.9, text: undefined, updatedAt: undefined };
    assert.equal(matchesRow({ scoreBelow: 80 }, row, score), true);
    assert.equal(matchesRow({ scoreBelow: 79.9 }, row, score), false);
    assert.equal(matchesRow({ scoreBelow: 80 }, row, undefined), false);
  });

  it('excludes a group only if its counts rule out a match', () => {
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

  it('excludes scopes of another account or region', () => {
    const scope = { account: '111111111111', partition: 'aws', region: 'us-east-1' };
    assert.equal(matchesScope({}, scope), true);
    assert.equal(matchesScope({ account: '111111111111', region: 'us-east-1' }, scope), true);
    assert.equal(matchesScope({ account: '222222222222' }, scope), false);
    assert.equal(matchesScope({ region: 'eu-central-1' }, scope), false);
  });
});

describe('describeFilter', () => {
  it('describes each part', () => {
    assert.equal(
      describeFilter(fullFilter),
      'non-compliant · score below 80 · name is “baseline” · name contains “base” · account 111111111111 · region us-east-1',
    );
    assert.equal(describeFilter({ scoreBelow: 0 }), 'score below 0');
  });

  it('is empty exactly for an empty filter', () => {
    fc.assert(fc.property(anyFilter, (filter) => assert.equal(describeFilter(filter) !== '', isFiltered(filter))));
  });
});

describe('parseFilter', () => {
  it('returns a valid filter unchanged', () => {
    fc.assert(
      fc.property(anyFilter, (filter) => {
        assert.deepEqual(parseFilter({ ...filter }), isFiltered(filter) ? { ...filter } : undefined);
      }),
    );
  });

  for (const other of [undefined, null, 'name', 7, {}, [], { kind: 'scope' }, { name: 'a', kind: 'pack' }]) {
    it(`returns undefined for ${JSON.stringify(other)}`, () => assert.equal(parseFilter(other), undefined));
  }

  const invalid: readonly (readonly [keyof Filter, unknown])[] = [
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
  for (const [key, value] of invalid) {
    it(`throws with the expected format if ${key} is ${String(value).slice(0, 20)}`, () => {
      assert.match(validate(key, value) ?? '', /^Enter .+\.$/);
      assert.throws(() => parseFilter({ [key]: value }), new RegExp(`Filter by ${key}: Enter `));
      assert.equal(tryParseFilter({ [key]: value }), undefined);
    });
  }
});
