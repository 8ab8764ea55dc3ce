import assert from 'node:assert/strict';
import { FindQuery } from '../../../src/views/palette/findQuery.ts';
import { NonCompliantQuery } from '../../../src/views/palette/nonCompliantQuery.ts';
import {
  createAnyPackOptions,
  failedDeploymentsOptions,
  lowestScoresOptions,
  PackQuery,
} from '../../../src/views/palette/packQuery.ts';
import type { PickerQuery, QueryContext } from '../../../src/views/palette/pickerQuery.ts';
import { createItems, type PickerItem } from '../../../src/views/palette/quickPickItems.ts';
import { addNoMatch, createPackItems, type RolloutItem } from '../../../src/views/rollout/rolloutItems.ts';
import { RolloutQuery } from '../../../src/views/rollout/rolloutQuery.ts';
import { generatedEstate } from '../../config-service/index.ts';
import { assertGolden } from '../../support/golden.ts';
import { noon, type OpenTree, type TreeOptions, withTree } from '../../support/tree/openTree.ts';
import { createContext, formatItems } from './queries.ts';

interface State extends TreeOptions {
  readonly faults?: OpenTree['service']['faults'];
  readonly text?: string;
  /** Whether the query runs to its end. */
  readonly isRun?: boolean;
  readonly isRunning?: boolean;
}

const refuseAll = (name: string) => ({
  refuse: Object.fromEntries(
    [
      'ListConformancePackComplianceScores',
      'DescribeConformancePackStatus',
      'DescribeConfigurationAggregators',
      'DescribeAggregateComplianceByConformancePacks',
      'DescribeOrganizationConformancePacks',
      'DescribeOrganizationConformancePackStatuses',
    ].map((operation) => [operation, { name }]),
  ),
});

const states: Readonly<Record<string, State>> = {
  loading: { isRun: false, isRunning: true },
  cancelled: { isRun: false },
  empty: { estate: generatedEstate({ accounts: 1, regions: 1, packs: 0 }, noon) },
  'filtered to nothing': { text: 'no-such-pack' },
  'filtered to nothing while loading': { text: 'no-such-pack', isRunning: true },
  'filtered to nothing, partial': {
    estate: generatedEstate({ accounts: 30, regions: 3, packs: 50 }, noon),
    text: 'no-such-pack',
  },
  denied: { faults: refuseAll('AccessDeniedException') },
  failed: { faults: refuseAll('InternalServerException') },
  'filtered to nothing, partly denied': {
    faults: { refuse: { DescribeConformancePackStatus: { name: 'AccessDeniedException' } } },
    text: 'no-such-pack',
  },
};

const queries: Readonly<Record<string, (context: QueryContext) => PickerQuery>> = {
  find: (context) => new FindQuery(context),
  any: (context) => new PackQuery(context, createAnyPackOptions('Open Pack')),
  lowest: (context) => new PackQuery(context, lowestScoresOptions),
  failedDeployments: (context) => new PackQuery(context, failedDeploymentsOptions),
  nonCompliant: (context) => new NonCompliantQuery(context),
};

/** The notes of a picker: rows of packs and accounts are counted only. */
function format(items: readonly (PickerItem | RolloutItem)[]): string {
  const notes = items.filter(({ key }) => key.startsWith('#'));
  const rows = items.length - notes.length;
  const texts = notes.length > 0 ? formatItems(notes.map((item) => ({ ...item, selection: { kind: 'none' } }))) : '';
  return [...(rows > 0 ? [`(${rows} rows)`] : []), texts].filter(Boolean).join('\n');
}

describe('states of pickers', () => {
  for (const [name, create] of Object.entries(queries)) {
    it(`say what is missing and what to do: ${name}`, async () => {
      const texts: string[] = [];
      for (const [state, { faults = {}, text = '', isRun = true, isRunning = false, ...options }] of Object.entries(
        states,
      )) {
        await withTree({ attempts: 1, ...options }, async (tree) => {
          tree.service.faults = faults;
          const query = create(createContext(tree));
          if (isRun) await query.run(new AbortController().signal);
          const items = createItems(query, { isRunning, scoreTarget: 90, now: noon.getTime(), text });
          assert(items.length > 0, `${name}, ${state}`);
          texts.push(`== ${state}\n${format(items)}\n`);
        });
      }
      assertGolden(import.meta.url, `states-${name}.txt`, texts.join('\n'));
    });
  }

  it('say what is missing and what to do: organization packs', async () => {
    const texts: string[] = [];
    for (const [state, { faults = {}, text = '', isRun = true, isRunning = false, ...options }] of Object.entries(
      states,
    )) {
      await withTree({ attempts: 1, ...options }, async (tree) => {
        tree.service.faults = faults;
        const query = new RolloutQuery(createContext(tree).getStores, {}, () => {});
        if (isRun) await query.run();
        const all = createPackItems(query, { isRunning, accountNames: new Map(), now: noon.getTime() });
        const items = addNoMatch(all, text);
        assert(items.length > 0, state);
        texts.push(`== ${state}\n${format(items)}\n`);
      });
    }
    assertGolden(import.meta.url, 'states-organization-packs.txt', texts.join('\n'));
  });
});
