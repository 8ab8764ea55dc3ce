import assert from 'node:assert/strict';
import fc from 'fast-check';
import { complianceTypes } from '../../../src/compliance/model.ts';
import { type ControlRow, type Line, linesOf, type RuleRow, shownRules } from '../../../src/webview/lines.ts';
import type { RuleLine } from '../../../src/webview/protocol.ts';
import { type Column, columns, type Facts, type View } from '../../../src/webview/state.ts';
import { anyFacts, anyView, factsOf, resourcesOf, ruleLine, viewOf } from './fixtures.ts';

const names = (lines: readonly Line[]): string[] => lines.filter(isRule).map(({ rule }) => rule.name);
const isRule = (line: Line): line is RuleRow => line.kind === 'rule';
const isControl = (line: Line): line is ControlRow => line.kind === 'control';

/** The view with every line unfolded that can be. */
function unfolded(facts: Facts, view: View): View {
  const all = { ...view, unfolded: linesOf(facts, view).map(({ id }) => id) };
  return { ...all, unfolded: [...all.unfolded, ...linesOf(facts, all).map(({ id }) => id)] };
}

/** What the filters leave, said another way than the code does. */
const isLeft = ({ name, compliance, controls }: RuleLine, view: View): boolean =>
  name.toLowerCase().includes(view.text.trim().toLowerCase()) &&
  [compliance, ''].includes(view.compliance) &&
  ['', ...controls].includes(view.control);

const rules = [
  ruleLine('b-rule', { compliance: 'COMPLIANT', controls: ['AC-3'], passing: 4 }),
  ruleLine('a-rule', { compliance: 'NON_COMPLIANT', controls: ['AC-3', 'SC-28'], failing: 2, passing: 1 }),
  ruleLine('d-rule', { failing: 0 }),
  ruleLine('c-rule', { compliance: 'NON_COMPLIANT', controls: ['SC-28', 'AU-2', 'SI-12'], failing: 6 }),
  ruleLine('E-rule', { compliance: 'INSUFFICIENT_DATA' }),
];

describe("the panel's lines", () => {
  describe('sorted by a column', () => {
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
      it(`${by}, both ways; equal ones go by name`, () => {
        const sorted = (descending: boolean) => names(linesOf(factsOf(rules), viewOf({ sort: { by, descending } })));
        assert.deepEqual(sorted(false), ascending[by]);
        assert.deepEqual(sorted(true), descending[by]);
      });
    }
  });

  it('are filtered by text, state and control', () => {
    const left = (change: Partial<View>) => names(linesOf(factsOf(rules), viewOf(change))).toSorted();
    assert.deepEqual(left({ text: ' A-RULE ' }), ['a-rule']);
    assert.deepEqual(left({ compliance: 'NON_COMPLIANT' }), ['a-rule', 'c-rule']);
    assert.deepEqual(left({ control: 'AC-3' }), ['a-rule', 'b-rule']);
    assert.deepEqual(left({ control: 'AC-3', compliance: 'COMPLIANT' }), ['b-rule']);
    assert.deepEqual(left({ text: 'no such' }), []);
  });

  it('show the resources of an unfolded rule, and where they go on', () => {
    const facts = { ...factsOf(rules), resources: new Map([['c-rule', { total: 6, resources: resourcesOf(4) }]]) };
    const [line, ...below] = linesOf(facts, viewOf({ unfolded: ['c-rule'] }));
    assert(line && isRule(line) && line.unfolded);
    assert.deepEqual(
      below.slice(0, 6).map(({ kind, level }) => `${kind} ${level}`),
      ['resource 2', 'resource 2', 'resource 2', 'resource 2', 'more 2', 'rule 1'],
    );
    assert.deepEqual(below[4], { kind: 'more', id: 'c-rule#more4', level: 2, rule: 'c-rule', shown: 4, total: 6 });
  });

  it('of an unfolded rule go on before its first resources have come', () => {
    const lines = linesOf(factsOf(rules), viewOf({ unfolded: ['a-rule'] }));
    const more = lines.find(({ kind }) => kind === 'more');
    assert.deepEqual(more, { kind: 'more', id: 'a-rule#more0', level: 2, rule: 'a-rule', shown: 0, total: 2 });
  });

  it('cannot be unfolded where nothing fails', () => {
    const lines = linesOf(factsOf(rules), viewOf({ unfolded: ['b-rule'] }));
    const unfolded = lines.filter(isRule).map((line) => [line.rule.name, line.unfolded]);
    assert.deepEqual(Object.fromEntries(unfolded), {
      'a-rule': false,
      'b-rule': undefined,
      'c-rule': false,
      'd-rule': undefined,
      'E-rule': undefined,
    });
  });

  it('by control: most failing first, those without one last, with the joint gain', () => {
    const facts = factsOf(rules, 60);
    const controls = linesOf(facts, viewOf({ tab: 'controls' })).filter(isControl);
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

  it('promise nothing while failing results are still to come, or without a score', () => {
    const facts = factsOf(rules);
    const reading = facts.results && { ...facts.results, failing: { count: 8, complete: false } };
    const unread: Facts = { ...facts, ...(reading && { results: reading }) };
    for (const each of [unread, factsOf(rules, null)]) {
      assert(linesOf(each, viewOf({})).every((line) => isRule(line) && line.gain === undefined));
    }
  });
});

describe("the panel's lines, whatever the rules and the view", () => {
  it('hold every rule that the filters leave once; by control, once per control', () => {
    fc.assert(
      fc.property(anyFacts, anyView, (facts, view) => {
        const left = facts.results?.rules.filter((rule) => isLeft(rule, view)) ?? [];
        const rules = linesOf(facts, unfolded(facts, { ...view, tab: 'rules' }));
        assert.deepEqual(names(rules).toSorted(), left.map(({ name }) => name).toSorted());

        const lines = linesOf(facts, unfolded(facts, { ...view, tab: 'controls' }));
        const expected = left.flatMap(({ name, controls }) => {
          return [...new Set(controls.length > 0 ? controls : [''])].map((control) => JSON.stringify([control, name]));
        });
        assert.deepEqual(underControls(lines).toSorted(), expected.toSorted());
      }),
    );
  });

  it('have ids of their own', () => {
    fc.assert(
      fc.property(anyFacts, anyView, (facts, view) => {
        const lines = linesOf(facts, unfolded(facts, view));
        assert.equal(new Set(lines.map(({ id }) => id)).size, lines.length);
      }),
    );
  });

  it('stand in the order of the column, and among equal ones by name', () => {
    fc.assert(
      fc.property(anyFacts, anyView, (facts, view) => {
        const { by, descending } = view.sort;
        const shown = shownRules(facts, view);
        shown.slice(1).forEach((rule, index) => {
          const before = shown[index] ?? rule;
          const [low, high] = descending ? [rule, before] : [before, rule];
          const [less, more] = [keyOf[by](low), keyOf[by](high)];
          assert(less <= more, `${before.name} before ${rule.name}`);
          if (less === more && by !== 'gain') assert(before.name < rule.name);
        });
      }),
    );
  });

  it('show of each unfolded rule all resources that came, and Load more exactly where some are missing', () => {
    fc.assert(
      fc.property(anyFacts, anyView, (facts, view) => {
        const lines = linesOf(facts, unfolded(facts, view));
        lines.forEach((line, index) => {
          if (!isRule(line) || !line.unfolded) return;
          const known = facts.resources.get(line.rule.name)?.resources.length ?? 0;
          const below = lines.slice(index + 1, index + 1 + known);
          assert(below.every(({ kind, level }) => kind === 'resource' && level === line.level + 1));
          const next = lines[index + 1 + known];
          assert.equal(next?.kind === 'more' && next.rule === line.rule.name, known < line.rule.failing);
        });
      }),
    );
  });

  it('promise of a control what its rules promise together', () => {
    fc.assert(
      fc.property(anyFacts, anyView, (facts, view) => {
        let control: ControlRow | undefined;
        let sum = 0;
        const check = () => assert(Math.abs((control?.gain ?? 0) - sum) < 1e-9);
        for (const line of linesOf(facts, unfolded(facts, { ...view, tab: 'controls' }))) {
          if (isControl(line)) {
            check();
            control = line;
            sum = 0;
          } else if (isRule(line)) sum += line.gain ?? 0;
        }
        check();
      }),
    );
  });
});

/** Each rule's line as the control above it and its name. */
function underControls(lines: readonly Line[]): string[] {
  let control = '';
  return lines.flatMap((line) => {
    if (isControl(line)) control = line.control;
    return isRule(line) ? JSON.stringify([control, line.rule.name]) : [];
  });
}

const stateRank = ({ compliance }: RuleLine): number =>
  compliance ? complianceTypes.indexOf(compliance) : complianceTypes.length;

const keyOf: Record<Column, (rule: RuleLine) => string | number> = {
  rule: ({ name }) => name,
  state: stateRank,
  failing: ({ failing }) => failing,
  gain: (rule) => rule.failing - stateRank(rule) / 10,
  controls: ({ controls }) => controls.length,
};
