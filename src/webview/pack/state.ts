import type { ComplianceType } from '../../compliance/model.ts';
import type { RecordedScore } from '../../compliance/queries/scoreHistory.ts';
import {
  getResourcesKey,
  type HostMessage,
  type PackHeader,
  type PackOwners,
  type PackResults,
  type RecordedStateList,
  type RuleResources,
} from './protocol.ts';

export const tabs = ['rules', 'controls', 'owners', 'trend'] as const;
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
  /** The id of a group of owners. */
  readonly owner: string;
  /** Whether resources with an exception are hidden. */
  readonly hidesExceptions: boolean;
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
  /** Absent until it is requested. */
  readonly recordedStates?: RecordedStateList;
  /** The requested failing resources, by `getResourcesKey`. */
  readonly resources: ReadonlyMap<string, RuleResources>;
  /** Present once requested. */
  readonly owners?: PackOwners;
  /** The name of the rule to show once it is received. */
  readonly ruleToShow?: string;
}

export const initialViewState: ViewState = {
  tab: 'rules',
  sort: { by: 'gain', descending: true },
  text: '',
  compliance: '',
  control: '',
  owner: '',
  hidesExceptions: false,
  unfolded: [],
  chosen: [],
  focused: '',
};

export const emptyPanelData: PanelData = { trend: [], resources: new Map() };

/** The state that VS Code stores across reloads of the window. `target` lets the extension restore the panel. */
export interface StoredState {
  readonly target?: unknown;
  readonly view?: ViewState;
}

/** The stored state of a panel that shows `target`: of another pack, nothing is left. */
export const restoreState = (stored: StoredState | undefined, target: unknown): StoredState =>
  JSON.stringify(stored?.target) === JSON.stringify(target) ? { ...stored, target } : { target };

/** The columns of the data. An aggregator has no scores, which gains are computed from, and no controls. */
export const getColumns = ({ header }: PanelData): readonly Column[] =>
  header?.aggregated ? ['rule', 'state', 'failing'] : columns;

/** The tabs of the data. An aggregator has no controls and no scores. Owners need a setting. */
export const getTabs = ({ header }: PanelData): readonly Tab[] =>
  header?.aggregated ? ['rules'] : tabs.filter((tab) => tab !== 'owners' || header?.ownerTag !== undefined);

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
    case 'recordedStates':
      return { ...data, recordedStates: message.list };
    case 'resources': {
      const { type, rule, owner = '', ...resources } = message;
      return { ...data, resources: new Map([...data.resources, [getResourcesKey(rule, owner), resources]]) };
    }
    case 'owners':
      return { ...data, owners: message.owners };
    case 'showRule':
      return { ...data, ruleToShow: message.rule };
  }
}

/** What is shown of resources until the first have been sent. */
export const requestedResources: RuleResources = { resources: [], isLoading: true };

/** Marks the resources of a rule, or of those of one owner, as requested, so that no second request is sent. */
export const markRequested = (data: PanelData, rule: string, owner: string): PanelData => ({
  ...data,
  resources: new Map([[getResourcesKey(rule, owner), requestedResources], ...data.resources]),
});

/** Returns the list without the member if it contains it, else with it. */
export const toggleMember = (list: readonly string[], member: string): readonly string[] =>
  list.includes(member) ? list.filter((each) => each !== member) : [...list, member];
