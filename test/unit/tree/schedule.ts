import fc from 'fast-check';
import type { Filter } from '../../../src/compliance/filter.ts';
import { groupings } from '../../../src/compliance/grouping.ts';
import { complianceTypes } from '../../../src/compliance/model.ts';
import type { TreeQuery } from '../../../src/views/tree/model/treeQuery.ts';
import { faultSamples } from '../../config-service/faultSamples.ts';
import type { ConfigService } from '../../config-service/index.ts';

export type Faults = ConfigService['faults'];

/** A user action, or an event in the service. `nodeIndex` selects one of the nodes that the action applies to. */
export type Step =
  | {
      readonly action: 'expand' | 'collapse' | 'more' | 'moreTwice' | 'all' | 'cancelledAll' | 'refresh';
      readonly nodeIndex: number;
    }
  | { readonly action: 'refreshAll' | 'retry' | 'expireTokens' | 'signOut' | 'reopen' }
  /** Reports a change of the AWS files, whether or not there was one. */
  | { readonly action: 'touchFiles' }
  | { readonly action: 'lockSnapshots'; readonly isReadOnly: boolean }
  | { readonly action: 'runCommand'; readonly command: CommandName }
  /** Replaces the AWS files by those of an account. The extension detects the change later, or never. */
  | { readonly action: 'switchAccount'; readonly accountIndex: number }
  | { readonly action: 'setQuery'; readonly change: Partial<TreeQuery> }
  | { readonly action: 'faults'; readonly faults: Faults };

export const commandNames = ['lowestScores', 'failedDeployments', 'nonCompliantPacks'] as const;
export type CommandName = (typeof commandNames)[number];

/** A step, and what to wait for after it. */
export interface Scheduled {
  readonly step: Step;
  readonly wait: 'none' | 'change' | 'idle';
}

export interface Schedule {
  readonly size: { readonly accounts: number; readonly regions: number; readonly packs: number; readonly seed: number };
  readonly pageSize: number;
  readonly regions: readonly string[] | undefined;
  /** Whether the fingerprint of snapshots changes when the AWS files are replaced. */
  readonly hasFingerprint: boolean;
  /** How the end of the faults is noticed: the connections are reset, or everything is refreshed. */
  readonly recovery: 'reset' | 'refresh';
  readonly steps: readonly Scheduled[];
}

const denied = { name: 'AccessDeniedException' };

/** Those of public bug reports, except throttling. */
const samples = Object.entries(faultSamples)
  .filter(([name]) => !name.startsWith('throttled'))
  .map(([, sample]): Faults => sample);

/** Throttling is rare: the SDK waits before the next request, and runs have to be short. */
const faults: fc.Arbitrary<Faults> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...samples) },
  fc.record({ latencyMs: fc.integer({ min: 1, max: 8 }) }),
  fc.record({ resetEvery: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ htmlErrorEvery: fc.integer({ min: 1, max: 4 }), latencyMs: fc.constantFrom(0, 5) }),
  fc.record({ truncateEvery: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ emptyPageEvery: fc.integer({ min: 2, max: 4 }) }),
  fc.record({ refuseTokenEvery: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ shiftRowsEvery: fc.integer({ min: 2, max: 4 }) }),
  fc.record({ goRoundEvery: fc.integer({ min: 1, max: 4 }) }),
  fc.constant<Faults>({ throttleEvery: 3, only: ['DescribeAggregateComplianceByConformancePacks'] }),
  fc.constant<Faults>({ expiredCredentials: true }),
  fc
    .subarray(
      [
        'GetCallerIdentity',
        'ListConformancePackComplianceScores',
        'DescribeConformancePackStatus',
        'DescribeConfigurationAggregators',
        'GetAggregateConformancePackComplianceSummary',
        'DescribeAggregateComplianceByConformancePacks',
      ],
      { minLength: 1 },
    )
    .map((names): Faults => ({ refuse: Object.fromEntries(names.map((name) => [name, denied])) })),
  fc.constant<Faults>({}),
);

const filter: fc.Arbitrary<Filter> = fc.oneof(
  fc.constant({}),
  fc.record(
    {
      compliance: fc.constantFrom(...complianceTypes),
      scoreBelow: fc.constantFrom(60, 90),
      name: fc.constantFrom('operational-best-practices-for-pci-dss', 'no-such-pack'),
      nameContains: fc.constantFrom('org', 'PCI'),
      account: fc.constantFrom('100000000000', '100000007919'),
      region: fc.constantFrom('us-east-1', 'eu-central-1'),
    },
    { requiredKeys: [] },
  ),
);

const change: fc.Arbitrary<Partial<TreeQuery>> = fc.oneof(
  filter.map((filter) => ({ filter })),
  fc.record({ by: fc.constantFrom('score', 'name'), descending: fc.boolean() }).map((order) => ({ order })),
  fc.constantFrom(...groupings).map((groupBy) => ({ groupBy })),
);

const index = fc.nat({ max: 50 });

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ action: fc.constant('expand'), nodeIndex: index }) },
  { weight: 1, arbitrary: fc.record({ action: fc.constant('collapse'), nodeIndex: index }) },
  {
    weight: 5,
    arbitrary: fc.record({
      action: fc.constantFrom('more', 'moreTwice', 'all', 'cancelledAll', 'refresh'),
      nodeIndex: index,
    }),
  },
  { weight: 3, arbitrary: fc.record({ action: fc.constantFrom('refreshAll', 'retry', 'expireTokens') }) },
  { weight: 2, arbitrary: fc.record({ action: fc.constantFrom('signOut', 'touchFiles', 'reopen') }) },
  {
    weight: 1,
    arbitrary: fc.record({ action: fc.constant('lockSnapshots'), isReadOnly: fc.boolean() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ action: fc.constant('runCommand'), command: fc.constantFrom(...commandNames) }),
  },
  { weight: 2, arbitrary: fc.record({ action: fc.constant('switchAccount'), accountIndex: index }) },
  { weight: 3, arbitrary: fc.record({ action: fc.constant('setQuery'), change }) },
  { weight: 4, arbitrary: fc.record({ action: fc.constant('faults'), faults }) },
);

export const schedule: fc.Arbitrary<Schedule> = fc.record({
  size: fc.record({
    accounts: fc.integer({ min: 1, max: 3 }),
    regions: fc.integer({ min: 1, max: 2 }),
    packs: fc.integer({ min: 0, max: 12 }),
    seed: fc.nat({ max: 1000 }),
  }),
  pageSize: fc.integer({ min: 1, max: 10 }),
  regions: fc.constantFrom(undefined, ['us-east-1'], ['us-east-1', 'eu-central-1']),
  hasFingerprint: fc.boolean(),
  recovery: fc.constantFrom('reset', 'refresh'),
  steps: fc.array(fc.record({ step, wait: fc.constantFrom('none', 'change', 'idle') }), {
    minLength: 5,
    maxLength: 30,
  }),
});
