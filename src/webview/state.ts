import type { ComplianceType } from '../compliance/model.ts';
import type { RecordedScore } from '../compliance/queries/scoreHistory.ts';
import type { ForeignPack, Head, Resource, Results, ToPanel } from './protocol.ts';

export const tabs = ['rules', 'controls', 'trend'] as const;
export type Tab = (typeof tabs)[number];

export const columns = ['rule', 'state', 'failing', 'gain', 'controls'] as const;
export type Column = (typeof columns)[number];

/** How a person looks at the pack: kept over refreshes, and over a reload of the window. */
export interface View {
  readonly tab: Tab;
  readonly sort: { readonly by: Column; readonly descending: boolean };
  /** A part of a rule's name, in any case. */
  readonly text: string;
  readonly compliance: ComplianceType | '';
  readonly control: string;
  /** Ids of unfolded lines. */
  readonly unfolded: readonly string[];
  /** Names of the rules that were chosen together. */
  readonly chosen: readonly string[];
  /** The id of the line that has the focus. */
  readonly focused: string;
}

/** What the extension has told. */
export interface Facts {
  readonly head?: Head;
  readonly results?: Results;
  readonly trend: readonly RecordedScore[];
  readonly foreign?: ForeignPack;
  /** The failing resources of unfolded rules, as far as they were asked for. */
  readonly resources: ReadonlyMap<string, { readonly total: number; readonly resources: readonly Resource[] }>;
}

export const initialView: View = {
  tab: 'rules',
  sort: { by: 'gain', descending: true },
  text: '',
  compliance: '',
  control: '',
  unfolded: [],
  chosen: [],
  focused: '',
};

export const noFacts: Facts = { trend: [], resources: new Map() };

/** The facts after a message. */
export function withMessage(facts: Facts, message: ToPanel): Facts {
  switch (message.type) {
    case 'forget':
      return noFacts;
    case 'head':
      return { ...facts, head: message.head };
    case 'results':
      return { ...facts, results: message.results };
    case 'trend':
      return { ...facts, trend: message.scores };
    case 'foreign':
      return { ...facts, foreign: message.foreign };
    case 'resources': {
      const { rule, total, resources } = message;
      return { ...facts, resources: new Map([...facts.resources, [rule, { total, resources }]]) };
    }
  }
}

/** A list with a member put in or taken out. */
export const toggled = (list: readonly string[], member: string): readonly string[] =>
  list.includes(member) ? list.filter((each) => each !== member) : [...list, member];
