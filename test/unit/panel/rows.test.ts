import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findRuleByName } from '../../../src/compliance/ruleName.ts';
import type { RuleSummary } from '../../../src/webview/pack/protocol.ts';
import {
  type ControlRow,
  getRows,
  getVisibleRules,
  type OwnerRow,
  type RuleRow,
  showRule,
  type TableRow,
} from '../../../src/webview/pack/rows.ts';
import { type Column, columns, type PanelData, type ViewState } from '../../../src/webview/pack/state.ts';
import {
  anyPanelData,
  anyViewState,
  createPanelData,
  createResources,
  createRule,
  createViewState,
} from '../../support/panel/fixtures.ts';

const getNames = (rows: readonly TableRow[]): string[] => rows.filter(isRule).map(({ rule }) => rule.name);
const isRule = (row: TableRow): row is RuleRow => row.kind === 'rule';
const isControl = (row: TableRow): row is ControlRow => row.kind === 'control';

/** The view with every row unfolded. */
function unfoldAll(data: PanelData, view: ViewState): ViewState {
  const all = { ...view, unfolded: getRows(data, view).map(({ id }) => id) };
  return { ...all, unfolded: [...all.unfolded, ...getRows(data, all).map(({ id }) => id)] };
}

/** Whether a rule matches the filters, computed in another way. */
const isMatch = ({ name, compliance, controls }: RuleSummary, view: ViewState): boolean =>
  name.toLowerCase().includes(view.text.trim().toLowerCase()) &&
  [compliance, ''].includes(view.compliance) &&
  ['', ...controls].includes(view.control);

const rules = [
  createRule('b-rule', { compliance: 'COMPLIANT', controls: ['AC-3'], passing: 4 }),
  createRule('a-rule', { compliance: 'NON_COMPLIANT', controls: ['AC-3', 'SC-28'], failing: 2, passing: 1 }),
  createRule('d-rule', { failing: 0 }),
  createRule('c-rule', { compliance: 'NON_COMPLIANT', controls: ['SC-28', 'AU-2', 'SI-12'], failing: 6 }),
  createRule('E-rule', { compliance: 'INSUFFICIENT_DATA' }),
];

describe('getRows', () => {
  describe('sorts by', () => {
    const ascending: Record<Column, string[]> = {
      rule: ['E-rule', 'a-rule', 'b-rule', 'c-rule', 'd-rule'],
      state: ['a-rule', 'c-rule', 'E-rule', 'b-rule', 'd-rule'],
      failing: ['E-rule', 'b-rule', 'd-rule', 'a-rule', 'c-rule'],
      gain: ['d-rule', 'b-rule', 'E-rule', 'a-rule', 'c-rule'],
      controls: ['E-rule', 'd-rule', 'b-rule', 'a-rule', 'c-rule'],
    };
    const descending: Record<Column, string[]> = {
      rule: ['d-rule', 'c-rule', 'b-rule', 'a-rule', 'E-rule'],
      state: ['d-rule', 'b-rule', 'E-rule', 'a-rule', 'c-rule'],
      failing: ['c-rule', 'a-rule', 'E-rule', 'b-rule', 'd-rule'],
      gain: ['c-rule', 'a-rule', 'E-rule', 'b-rule', 'd-rule'],
      controls: ['c-rule', 'a-rule', 'b-rule', 'E-rule', 'd-rule'],
    };
    for (const by of columns) {
      it(`${by} in both directions, then by name`, () => {
        const sorted = (descending: boolean) =>
          getNames(getRows(createPanelData(rules), createViewState({ sort: { by, descending } })));
        assert.deepEqual(sorted(false), ascending[by]);
        assert.deepEqual(sorted(true), descending[by]);
      });
    }
  });

  it('filters by text, state and control', () => {
    const filterNames = (change: Partial<ViewState>) =>
      getNames(getRows(createPanelData(rules), createViewState(change))).toSorted();
    assert.deepEqual(filterNames({ text: ' A-RULE ' }), ['a-rule']);
    assert.deepEqual(filterNames({ compliance: 'NON_COMPLIANT' }), ['a-rule', 'c-rule']);
    assert.deepEqual(filterNames({ control: 'AC-3' }), ['a-rule', 'b-rule']);
    assert.deepEqual(filterNames({ control: 'AC-3', compliance: 'COMPLIANT' }), ['b-rule']);
    assert.deepEqual(filterNames({ text: 'no such' }), []);
  });

  it('shows the resources of an unfolded rule, then Load more', () => {
    const data = {
      ...createPanelData(rules),
      resources: new Map([['c-rule', { total: 6, resources: createResources(4) }]]),
    };
    const [row, ...children] = getRows(data, createViewState({ unfolded: ['c-rule'] }));
    assert(row && isRule(row) && row.unfolded);
    assert.deepEqual(
      children.slice(0, 6).map(({ kind, level }) => `${kind} ${level}`),
      ['resource 2', 'resource 2', 'resource 2', 'resource 2', 'more 2', 'rule 1'],
    );
    assert.deepEqual(children[4], {
      kind: 'more',
      id: 'c-rule#more4',
      level: 2,
      rule: 'c-rule',
      owner: '',
      shown: 4,
      total: 6,
    });
  });

  it('shows that resources load until the first of an unfolded rule have been sent', () => {
    const rows = getRows(createPanelData(rules), createViewState({ unfolded: ['a-rule'] }));
    const more = rows.find(({ kind }) => kind === 'more');
    assert.deepEqual(more, {
      kind: 'more',
      id: 'a-rule#more0',
      level: 2,
      rule: 'a-rule',
      owner: '',
      shown: 0,
      isLoading: true,
    });
  });

  it('cannot unfold a rule without failing results', () => {
    const rows = getRows(createPanelData(rules), createViewState({ unfolded: ['b-rule'] }));
    const unfolded = rows.filter(isRule).map((row) => [row.rule.name, row.unfolded]);
    assert.deepEqual(Object.fromEntries(unfolded), {
      'a-rule': false,
      'b-rule': undefined,
      'c-rule': false,
      'd-rule': undefined,
      'E-rule': undefined,
    });
  });

  it('groups by control: most failing results first, rules without a control last, with the joint gain', () => {
    const data = createPanelData(rules, 60);
    const controls = getRows(data, createViewState({ tab: 'controls' })).filter(isControl);
    assert.deepEqual(
      controls.map(({ control, rules, failing, gain }) => [control, rules, failing, gain]),
      [
        ['SC-28', 2, 8, 40],
        ['AU-2', 1, 6, 30],
        ['SI-12', 1, 6, 30],
        ['AC-3', 2, 2, 10],
        ['', 2, 0, undefined],
      ],
    );
  });

  it('estimates no gain before all failing results are loaded or without a score', () => {
    const data = createPanelData(rules);
    const loadingResults = data.results && { ...data.results, failing: { count: 8, isComplete: false } };
    const loading: PanelData = { ...data, ...(loadingResults && { results: loadingResults }) };
    for (const each of [loading, createPanelData(rules, null)]) {
      assert(getRows(each, createViewState({})).every((row) => isRule(row) && row.gain === undefined));
    }
  });
});

describe('getRows for any rules and view', () => {
  it('contains every matching rule once, or once per control', () => {
    fc.assert(
      fc.property(anyPanelData, anyViewState, (data, view) => {
        const matching = data.results?.rules.filter((rule) => isMatch(rule, view)) ?? [];
        const rules = getRows(data, unfoldAll(data, { ...view, tab: 'rules' }));
        assert.deepEqual(getNames(rules).toSorted(), matching.map(({ name }) => name).toSorted());

        const rows = getRows(data, unfoldAll(data, { ...view, tab: 'controls' }));
        const expected = matching.flatMap(({ name, controls }) => {
          return [...new Set(controls.length > 0 ? controls : [''])].map((control) => JSON.stringify([control, name]));
        });
        assert.deepEqual(listRulesByControl(rows).toSorted(), expected.toSorted());
      }),
    );
  });

  it('returns distinct ids', () => {
    fc.assert(
      fc.property(anyPanelData, anyViewState, (data, view) => {
        const rows = getRows(data, unfoldAll(data, view));
        assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length);
      }),
    );
  });

  it('sorts by the column, then by name', () => {
    fc.assert(
      fc.property(anyPanelData, anyViewState, (data, view) => {
        const { by, descending } = view.sort;
        const shown = getVisibleRules(data, view);
        shown.slice(1).forEach((rule, index) => {
          const before = shown[index] ?? rule;
          const [low, high] = descending ? [rule, before] : [before, rule];
          const [less, more] = [sortKeys[by](low), sortKeys[by](high)];
          assert(less <= more, `${before.name} before ${rule.name}`);
          if (less === more && by !== 'gain') assert(before.name < rule.name);
        });
      }),
    );
  });

  it('shows all loaded resources of unfolded rules, and Load more exactly if some are missing', () => {
    fc.assert(
      fc.property(anyPanelData, anyViewState, (data, view) => {
        const rows = getRows(data, unfoldAll(data, view));
        rows.forEach((row, index) => {
          if (!isRule(row) || !row.unfolded) return;
          const loaded = data.resources.get(row.rule.name)?.resources.length ?? 0;
          const children = rows.slice(index + 1, index + 1 + loaded);
          assert(children.every(({ kind, level }) => kind === 'resource' && level === row.level + 1));
          const next = rows[index + 1 + loaded];
          assert.equal(next?.kind === 'more' && next.rule === row.rule.name, loaded < row.rule.failing);
        });
      }),
    );
  });

  it('estimates the gain of a control as the sum of its rules’ gains', () => {
    fc.assert(
      fc.property(anyPanelData, anyViewState, (data, view) => {
        let control: ControlRow | undefined;
        let sum = 0;
        const check = () => assert(Math.abs((control?.gain ?? 0) - sum) < 1e-9);
        for (const row of getRows(data, unfoldAll(data, { ...view, tab: 'controls' }))) {
          if (isControl(row)) {
            check();
            control = row;
            sum = 0;
          } else if (isRule(row)) sum += row.gain ?? 0;
        }
        check();
      }),
    );
  });
});

describe('resources with owners and exceptions', () => {
  const base = createPanelData(rules, 60);
  const summary = (id: string, label: string, counts: readonly (readonly [string, number])[]) => ({
    id,
    label,
    failing: counts.reduce((sum, [, count]) => sum + count, 0),
    rules: counts,
  });
  const groups = [
    summary('=web', 'web', [
      ['c-rule', 4],
      ['a-rule', 1],
    ]),
    summary('untagged', 'No tag Owner', [['c-rule', 2]]),
    summary('unrecorded', 'Not recorded', [['a-rule', 1]]),
  ];
  const data: PanelData = {
    ...base,
    ...(base.header && { header: { ...base.header, ownerTag: 'Owner' } }),
    owners: { groups, isLoading: false },
    resources: new Map([
      [
        'c-rule',
        {
          total: 6,
          resources: createResources(6).map((each, index) => (index < 2 ? { ...each, exception: {} } : each)),
        },
      ],
    ]),
  };
  const isOwner = (row: TableRow): row is OwnerRow => row.kind === 'owner';

  it('groups rules by owner with the number of the owner’s failing results', () => {
    const rows = getRows(data, createViewState({ tab: 'owners', unfolded: ['=web##'] }));
    assert.deepEqual(
      rows.filter(isOwner).map(({ label, rules: count, failing }) => [label, count, failing]),
      [
        ['web', 2, 5],
        ['No tag Owner', 1, 2],
        ['Not recorded', 1, 1],
      ],
    );
    assert.deepEqual(
      rows.filter(isRule).map(({ rule, owner }) => [rule.name, rule.failing, owner]),
      [
        ['c-rule', 4, '=web'],
        ['a-rule', 1, '=web'],
      ],
    );
  });

  it('says that owners are loading, or why they could not be loaded', () => {
    const getTexts = (owners: PanelData['owners']) =>
      getRows({ ...data, ...(owners && { owners }) }, createViewState({ tab: 'owners' })).map((row) =>
        row.kind === 'note' ? row.text : row.kind,
      );
    assert.deepEqual(getTexts({ groups: [], isLoading: true }), ['Loading owners…']);
    const problem = 'Not permitted: config:SelectResourceConfig.';
    assert.deepEqual(getTexts({ groups: [], isLoading: false, problem }), [`Owners not loaded: ${problem}`]);
  });

  it('shows only rules with failing resources of the filter’s owner', () => {
    const shown = getVisibleRules(data, createViewState({ owner: 'unrecorded' }));
    assert.deepEqual(
      shown.map(({ name, failing }) => [name, failing]),
      [['a-rule', 1]],
    );
    // An owner that no longer exists filters nothing.
    assert.equal(getVisibleRules(data, createViewState({ owner: '=gone' })).length, rules.length);
  });

  it('hides resources with an exception, and says how many', () => {
    const view = createViewState({ unfolded: ['c-rule'], hidesExceptions: true });
    const rows = getRows(data, view);
    assert.equal(rows.filter(({ kind }) => kind === 'resource').length, 4);
    const notes = rows.flatMap((row) => (row.kind === 'note' ? row.text : []));
    assert.deepEqual(notes, ['2 resources with an exception not shown. Excepted resources still count as failing.']);
    assert.equal(rows.filter(isRule).find(({ rule }) => rule.name === 'c-rule')?.rule.failing, 6);
  });
});

/** Each rule's name with its control. */
function listRulesByControl(rows: readonly TableRow[]): string[] {
  let control = '';
  return rows.flatMap((row) => {
    if (isControl(row)) control = row.control;
    return isRule(row) ? JSON.stringify([control, row.rule.name]) : [];
  });
}

const getStateRank = ({ compliance }: RuleSummary): number =>
  ['NON_COMPLIANT', 'INSUFFICIENT_DATA', 'COMPLIANT', undefined].indexOf(compliance);

const sortKeys: Record<Column, (rule: RuleSummary) => string | number> = {
  rule: ({ name }) => name,
  state: getStateRank,
  failing: ({ failing }) => failing,
  gain: (rule) => rule.failing - getStateRank(rule) / 10,
  controls: ({ controls }) => controls.length,
};

describe('showRule', () => {
  const data = createPanelData(rules);

  it('unfolds and focuses the rule in the tab of rules', () => {
    const view = createViewState({ tab: 'controls', unfolded: ['c-rule'], chosen: ['b-rule'] });
    const rule = findRuleByName(rules, 'a-rule');
    assert(rule);
    assert.deepEqual(showRule(data, view, rule), { tab: 'rules', focused: 'a-rule', unfolded: ['c-rule', 'a-rule'] });
  });

  it('clears the filters only if they hide the rule', () => {
    const view = createViewState({ text: 'a-rule' });
    const [first, hidden] = [findRuleByName(rules, 'a-rule'), findRuleByName(rules, 'c-rule')];
    assert(first && hidden);
    assert(!('text' in showRule(data, view, first)));
    const shown = { ...view, ...showRule(data, view, hidden) };
    assert(getNames(getRows(data, shown)).includes('c-rule'));
  });

  it('shows any rule of any panel', () =>
    fc.assert(
      fc.property(anyPanelData, anyViewState, (data, view) => {
        for (const rule of data.results?.rules ?? []) {
          const shown = { ...view, ...showRule(data, view, rule) };
          assert(getRows(data, shown).some(({ id }) => id === shown.focused));
        }
      }),
    ));
});
