import type {
  DeployedPackRow,
  OverviewFilter,
  OverviewHostMessage,
  OverviewRow,
  OverviewSummary,
  OverviewTab,
  RowsMessage,
} from './protocol.ts';

/** What the panel shows and how. It is stored across reloads of the window: renaming a member discards its value. */
export interface OverviewState {
  readonly tab: OverviewTab;
  readonly filter: OverviewFilter;
  /** Ids of the rows that are not as they are at first, as in the request for rows. */
  readonly toggled: readonly string[];
  readonly focus: RowFocus;
  readonly cell: CellPosition;
}

/** The focused row. The id is empty until the row has been received. */
export interface RowFocus {
  readonly id: string;
  readonly index: number;
}

/** The focused cell of the matrix, by the indexes of its account and pack. */
export interface CellPosition {
  readonly row: number;
  readonly column: number;
}

/** The data that the extension has sent. */
export interface OverviewData {
  readonly summary?: OverviewSummary;
  /** The rows in and around the view. */
  readonly window?: RowsMessage;
  /** The rows of the focused cell. */
  readonly cell?: { readonly account: string; readonly pack: string; readonly rows: readonly DeployedPackRow[] };
}

export const noFilter: OverviewFilter = { account: '', region: '', pack: '', rule: '', compliance: '' };

export const initialState: OverviewState = {
  tab: 'accounts',
  filter: noFilter,
  toggled: [],
  focus: { id: '', index: 0 },
  cell: { row: 0, column: 0 },
};

/**
 * Returns the data updated with a message. `request` is the number of the last request that changed what is shown:
 * answers to earlier ones are dropped.
 */
export function applyMessage(data: OverviewData, message: OverviewHostMessage, request: number): OverviewData {
  switch (message.type) {
    case 'clear':
      return {};
    case 'summary':
      return { ...data, summary: message.summary };
    case 'rows':
      return message.request < request ? data : { ...data, window: message };
    case 'cell': {
      const { account, pack, rows } = message;
      return { ...data, cell: { account, pack, rows } };
    }
  }
}

/** The row at an index; undefined while it has not been received. */
export const getRow = ({ window }: OverviewData, index: number): OverviewRow | undefined =>
  window?.rows[index - window.first];

/** The row or cell count of the shown tab; 0 before the first answer. */
export const getTotal = ({ window }: OverviewData, { tab }: OverviewState): number =>
  window?.tab === tab ? window.total : 0;

/**
 * Moves the focus to where its row is now. A row that is no longer listed passes the focus to the row at its index.
 */
export function followFocus(data: OverviewData, { focus }: OverviewState): RowFocus {
  const { window } = data;
  if (!window || window.total === 0) return focus;
  const index = focus.id !== '' && window.focusedIndex >= 0 ? window.focusedIndex : focus.index;
  const bounded = Math.min(index, window.total - 1);
  const isSameRow = focus.id !== '' && window.focusedIndex >= 0;
  return { index: bounded, id: getRow(data, bounded)?.id ?? (isSameRow ? focus.id : '') };
}
