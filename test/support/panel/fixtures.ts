import fc from 'fast-check';
import { complianceTypes } from '../../../src/compliance/model.ts';
import type { FailingResource, RuleSummary } from '../../../src/webview/pack/protocol.ts';
import { columns, initialViewState, type PanelData, tabs, type ViewState } from '../../../src/webview/pack/state.ts';

/** The current time of every fixture. */
export const now = Date.parse('2026-01-15T12:00:00Z');
const hour = 3_600_000;

export const createRule = (name: string, rest: Partial<RuleSummary> = {}): RuleSummary => ({
  name,
  controls: [],
  failing: 0,
  passing: 0,
  ...rest,
});

/** Creates the fully loaded data of a pack with these rules; `null` is a pack without a score. */
export function createPanelData(rules: readonly RuleSummary[], percent: number | null = 60): PanelData {
  const sum = (key: 'failing' | 'passing') => rules.reduce((total, rule) => total + rule[key], 0);
  return {
    header: {
      pack: 'a-pack',
      account: '111122223333',
      region: 'eu-central-1',
      connection: 'default credentials',
      target: 90,
      ...(percent !== null && { score: { percent, text: `${percent}%`, updatedAt: now - 8 * hour } }),
      readAt: now,
      isLoading: false,
      problems: [],
    },
    results: {
      rules,
      failing: { count: sum('failing'), isComplete: true },
      passing: { count: sum('passing'), isComplete: true },
      isLoading: false,
      readAt: now,
      problems: [],
    },
    trend: [],
    resources: new Map(),
  };
}

export const createViewState = (change: Partial<ViewState>): ViewState => ({ ...initialViewState, ...change });

/** Creates `count` failing resources. */
export const createResources = (count: number): FailingResource[] =>
  Array.from({ length: count }, (_, index) => ({ type: 'AWS::S3::Bucket', id: `bucket-${index}` }));

/** Any text that AWS or the author of an annotation may send. */
export const anyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('<img src=x onerror=alert(1)>', '[x](command:evil)', '=1+1', '\u202Etxt.exe', '__proto__', '\uD800'),
);

/** Any rule name: it has at least one visible character. */
export const anyName = anyText.filter((text) => text.trim() !== '');

const rules = fc.uniqueArray(
  fc.record(
    {
      name: fc.oneof(anyName, fc.stringMatching(/^[a-z]{1,3}-conformance-pack-[a-z0-9]{9}$/)),
      compliance: fc.constantFrom(...complianceTypes),
      controls: fc.array(fc.constantFrom('AC-2', 'AC-3', 'SC-28', 'SI-12'), { maxLength: 5 }),
      failing: fc.nat({ max: 12 }),
      passing: fc.nat({ max: 12 }),
    },
    { requiredKeys: ['name', 'controls', 'failing', 'passing'] },
  ),
  { selector: ({ name }) => name, maxLength: 12 },
);

/** Data of any rules, with some of their failing resources loaded. */
export const anyPanelData: fc.Arbitrary<PanelData> = fc
  .record({ rules, percent: fc.option(fc.float({ min: 0, max: 100, noNaN: true })), page: fc.nat(12) })
  .map(({ rules, percent, page }) => ({
    ...createPanelData(rules, percent),
    resources: new Map(
      rules
        .filter((_, index) => index % 3 !== 2)
        .map(({ name, failing }) => [name, { total: failing, resources: createResources(Math.min(page, failing)) }]),
    ),
  }));

/** Any view of the data, with all lines collapsed. */
export const anyViewState: fc.Arbitrary<ViewState> = fc.record({
  tab: fc.constantFrom(...tabs),
  sort: fc.record({ by: fc.constantFrom(...columns), descending: fc.boolean() }),
  text: fc.constantFrom('', 'a', ' B ', '<', '-'),
  compliance: fc.constantFrom('' as const, ...complianceTypes),
  control: fc.constantFrom('', 'AC-3', 'SI-12'),
  owner: fc.constantFrom('', '=web'),
  hidesExceptions: fc.boolean(),
  unfolded: fc.constant([]),
  chosen: fc.constant([]),
  focused: fc.constant(''),
});
