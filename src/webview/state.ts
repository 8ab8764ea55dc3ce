import type { ComplianceType } from '../compliance/model.ts';
import type { RecordedScore } from '../compliance/queries/scoreHistory.ts';
import type { HostMessage, PackHeader, PackResults, RuleResources } from './protocol.ts';

export const tabs = ['rules', 'controls', 'trend'] as const;
export type Tab = (typeof tabs)[number];

export const columns = ['rule', 'state', 'failing', 'gain', 'controls'] as const;
export type Column = (typeof columns)[number];

/** What the panel shows and how. It is stored across reloads of the window: renaming a member discards its value. */
export interface ViewState {
  readonly tab: Tab;
  readonly sort: { readonly by: Column; readonly descending: boolean };
  /** A part of a rule's name; case does not matter. */
  readonly text: string;
  readonly compliance: ComplianceType | '';
  readonly control: string;
  /** Ids of the unfolded rows. */
  readonly unfolded: readonly string[];
  /** Names of the selected rules. */
  readonly chosen: readonly string[];
  /** Id of the focused row. */
  readonly focused: string;
}

/** The data that the extension has sent. */
export interface PanelData {
  readonly header?: PackHeader;
  readonly results?: PackResults;
  readonly trend: readonly RecordedScore[];
  /** The requested failing resources, by rule. */
  readonly resources: ReadonlyMap<string, RuleResources>;
  /** The name of the rule to show once it is received. */
  readonly ruleToShow?: string;
}

export const initialViewState: ViewState = {
  tab: 'rules',
  sort: { by: 'gain', descending: true },
  text: '',
  compliance: '',
  control: '',
  unfolded: [],
  chosen: [],
  focused: '',
};

export const emptyPanelData: PanelData = { trend: [], resources: new Map() };

/** The columns of the data. An aggregator tells neither scores, which gains need, nor controls. */
export const getColumns = ({ header }: PanelData): readonly Column[] =>
  header?.aggregated ? ['rule', 'state', 'failing'] : columns;

/** The tabs of the data. An aggregator tells neither controls nor scores. */
export const getTabs = ({ header }: PanelData): readonly Tab[] => (header?.aggregated ? ['rules'] : tabs);

/** Returns the data updated with a message. */
export function applyMessage(data: PanelData, message: HostMessage): PanelData {
  switch (message.type) {
    case 'clear':
      return emptyPanelData;
    case 'header':
      return { ...data, header: message.header };
    case 'results':
      return { ...data, results: message.results };
    case 'trend':
      return { ...data, trend: message.scores };
    case 'resources': {
      const { type, rule, ...resources } = message;
      return { ...data, resources: new Map([...data.resources, [rule, resources]]) };
    }
    case 'showRule':
      return { ...data, ruleToShow: message.rule };
  }
}

/** Returns the list without the member if it contains it, else with it. */
export const toggleMember = (list: readonly string[], member: string): readonly string[] =>
  list.includes(member) ? list.filter((each) => each !== member) : [...list, member];
