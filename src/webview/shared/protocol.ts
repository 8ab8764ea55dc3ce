// What the messages of all panels share.

/** An error, and what a person can do about it. */
export interface Problem {
  readonly title: string;
  readonly advice: string;
  /** The original error message. */
  readonly detail: string;
  /** What could not be read, such as `scores`. */
  readonly subject?: string;
  /** What can be done about it, the most useful action first. */
  readonly actions?: readonly ProblemAction[];
}

/** A button below a problem. The extension knows what an action of this kind does. */
export interface ProblemAction {
  readonly kind: string;
  readonly title: string;
}

export const exportFormats = ['csv', 'json', 'jsonl', 'markdown', 'html'] as const;
export type ExportFormat = (typeof exportFormats)[number];
