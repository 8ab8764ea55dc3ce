import fc from 'fast-check';
import type { RowsListId, StoredPack, StoredRule, Visit } from '../../../src/compliance/history/reading.ts';
import type { AggregateRow } from '../../../src/compliance/model.ts';

/** What an account and region, and an aggregator in it, have at one time. */
export interface EstateAt {
  readonly packs: readonly (StoredPack & { readonly rules: readonly StoredRule[] })[];
  readonly rows: readonly AggregateRow[];
  /** Which lists are read to their end. Of rows: the filters. */
  readonly read: {
    readonly packs: boolean;
    readonly rules: readonly string[];
    readonly filters: readonly RowsListId['filter'][];
  };
}

export const scope = { account: '111122223333', region: 'eu-central-1' };
export const otherScope = { account: '444455556666', region: 'eu-central-1' };
export const aggregator = 'organization';

const compliance = fc.constantFrom('COMPLIANT', 'NON_COMPLIANT', 'INSUFFICIENT_DATA', 'NEW_STATE', undefined);
const resource = fc.record({
  type: fc.constantFrom('AWS::S3::Bucket', 'AWS::EC2::Volume'),
  id: fc.constantFrom('a', 'b', 'c'),
});

const rule: fc.Arbitrary<StoredRule> = fc.record({
  name: fc.constantFrom('r1', 'r2', 'r3'),
  compliance,
  failing: fc.uniqueArray(resource, { selector: ({ type, id }) => `${type} ${id}`, maxLength: 4 }),
});

/** Few names and ids, so that packs are renamed, and re-created under the same name. */
const pack = fc.record({
  name: fc.constantFrom('p1', 'p2', 'p3', 'p4'),
  id: fc.constantFrom('id1', 'id2', 'id3', 'id4', undefined),
  percent: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
  computedAt: fc.constant(undefined),
  state: fc.constantFrom('CREATE_COMPLETE', 'CREATE_FAILED', 'DELETE_IN_PROGRESS', undefined),
  rules: fc.uniqueArray(rule, { selector: ({ name }) => name }),
});

const row: fc.Arbitrary<AggregateRow> = fc.record({
  pack: fc.constantFrom('p1', 'p2'),
  account: fc.constantFrom('111122223333', '444455556666', '777788889999'),
  region: fc.constantFrom('eu-central-1', 'us-east-1'),
  compliance,
  compliantRules: fc.nat(5),
  nonCompliantRules: fc.nat(5),
  totalRules: fc.nat(10),
});

const filter = fc.record(
  {
    account: fc.constantFrom('111122223333', '444455556666', '777788889999'),
    region: fc.constantFrom('eu-central-1', 'us-east-1'),
    pack: fc.constantFrom('p1', 'p2'),
  },
  { requiredKeys: [] },
);

export const estateAt: fc.Arbitrary<EstateAt> = fc.record({
  packs: fc
    .uniqueArray(pack, { selector: ({ name }) => name })
    .map((packs) => [...new Map(packs.map((each) => [each.id ?? each.name, each])).values()]),
  rows: fc.uniqueArray(row, {
    selector: ({ pack: name, account, region }) => `${name}/${account}/${region}`,
    maxLength: 12,
  }),
  read: fc.record({
    packs: fc.boolean(),
    rules: fc.subarray(['id1', 'id2', 'id3', 'id4']),
    filters: fc.uniqueArray(filter, {
      selector: ({ account, region, pack: name }) => `${account}/${region}/${name}`,
      maxLength: 3,
    }),
  }),
});

export const matches = (row: AggregateRow, filter: EstateAt['read']['filters'][number]): boolean =>
  (filter.account ?? row.account) === row.account &&
  (filter.region ?? row.region) === row.region &&
  (filter.pack ?? row.pack) === row.pack;

/** The visits that reading an estate results in. What is not read to its end is a gap. */
export function toVisits({ packs, rows, read }: EstateAt, readAt: number, at = scope): Visit[] {
  const base = { scope: at, readAt };
  return [
    read.packs
      ? { ...base, kind: 'packs', packs: packs.map(({ rules: _, ...each }) => each) }
      : { ...base, listId: { kind: 'packs' }, reason: 'Not all pages were read' },
    ...packs.flatMap(({ id, name, rules }): Visit[] => {
      if (id === undefined) return [];
      const listId = { kind: 'rules', pack: name, packId: id } as const;
      return read.rules.includes(id) ? [{ ...base, ...listId, rules }] : [{ ...base, listId, reason: 'Cancelled' }];
    }),
    ...read.filters.map((each): Visit => {
      return { ...base, kind: 'rows', aggregator, filter: each, rows: rows.filter((one) => matches(one, each)) };
    }),
  ];
}
