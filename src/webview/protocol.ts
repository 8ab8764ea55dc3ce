import type { ComplianceType } from '../compliance/model.ts';
import type { RecordedScore } from '../compliance/queries/scoreHistory.ts';

// Everything that the panel's script and the extension say to each other. Times are epoch milliseconds.

/** Something that could not be read, and what to do about it. */
export interface Problem {
  readonly title: string;
  readonly advice: string;
  /** The cause's own words. */
  readonly detail: string;
}

/** Whose pack it is, how it stands, and how it was deployed. */
export interface Head {
  readonly pack: string;
  readonly account: string;
  readonly region: string;
  /** `default credentials`, or the profile. */
  readonly connection: string;
  /** The score that counts as good, 0–100. */
  readonly target: number;
  /** The published score; absent where there is none. */
  readonly score?: { readonly percent?: number; readonly words: string; readonly updatedAt?: number };
  readonly deployment?: {
    readonly state: string;
    readonly reason?: string;
    readonly requestedAt?: number;
    readonly completedAt?: number;
    readonly stack?: { readonly name: string; readonly url: string };
  };
  readonly readAt?: number;
  readonly loading: boolean;
  readonly problems: readonly Problem[];
}

export interface RuleLine {
  readonly name: string;
  readonly compliance?: ComplianceType;
  readonly controls: readonly string[];
  readonly failing: number;
  /** Results that pass, as far as they have been read. */
  readonly passing: number;
}

/** How far a kind of results has been read. */
export interface Reading {
  readonly count: number;
  readonly complete: boolean;
}

/** A pack's rules and the counts of their results. */
export interface Results {
  readonly rules: readonly RuleLine[];
  readonly failing: Reading;
  readonly passing: Reading;
  readonly loading: boolean;
  readonly readAt?: number;
  readonly problems: readonly Problem[];
}

export interface Resource {
  readonly type: string;
  readonly id: string;
  readonly annotation?: string;
  readonly evaluatedAt?: number;
}

/** A row of an aggregator in an account that no connection reads: counts, and never a score. */
export interface ForeignPack {
  readonly pack: string;
  readonly account: string;
  readonly region: string;
  readonly aggregator: string;
  readonly compliance?: ComplianceType;
  readonly compliantRules: number;
  readonly nonCompliantRules: number;
  readonly totalRules: number;
  readonly readAt?: number;
}

/** From the extension to the panel. */
export type ToPanel =
  /** Nothing that was told before holds: whose it is has become unknown. */
  | { readonly type: 'forget' }
  | { readonly type: 'head'; readonly head: Head }
  | { readonly type: 'results'; readonly results: Results }
  | {
      readonly type: 'resources';
      readonly rule: string;
      readonly total: number;
      readonly resources: readonly Resource[];
    }
  | { readonly type: 'trend'; readonly scores: readonly RecordedScore[] }
  | { readonly type: 'foreign'; readonly foreign: ForeignPack };

export const exportFormats = ['csv', 'json', 'markdown'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** From the panel to the extension. */
export type FromPanel =
  /** The script listens: nothing that was sent before has arrived. */
  | { readonly type: 'ready' }
  | { readonly type: 'refresh' }
  /** Calls off what is being read. */
  | { readonly type: 'cancel' }
  /** Goes on with what was called off or has failed. */
  | { readonly type: 'continue' }
  /** Asks for the first `count` resources that fail a rule, and for them again whenever they change. */
  | { readonly type: 'resources'; readonly rule: string; readonly count: number }
  | { readonly type: 'openResource'; readonly resourceType: string; readonly resourceId: string }
  | { readonly type: 'copy'; readonly text: string }
  /** Writes the rules that are shown, in their order; `filter` is what restricts them, in words. */
  | {
      readonly type: 'export';
      readonly format: ExportFormat;
      readonly rules: readonly string[];
      readonly filter: string;
    };

/** A message of the panel's script, or undefined where it is none of ours: what comes from a webview is data. */
export function parseFromPanel(value: unknown): FromPanel | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const message: { readonly [key: string]: unknown } = { ...value };
  const { type, rule, count, resourceType, resourceId, text, format, rules, filter } = message;
  switch (type) {
    case 'ready':
    case 'refresh':
    case 'cancel':
    case 'continue':
      return { type };
    case 'resources':
      return isText(rule) && isCount(count) ? { type, rule, count } : undefined;
    case 'openResource':
      return isText(resourceType) && isText(resourceId) ? { type, resourceType, resourceId } : undefined;
    case 'copy':
      return isText(text) ? { type, text } : undefined;
    case 'export': {
      const known = exportFormats.find((each) => each === format);
      const valid = known && isText(filter) && Array.isArray(rules) && rules.every(isText);
      return valid ? { type, format: known, rules, filter } : undefined;
    }
    default:
      return undefined;
  }
}

const isText = (value: unknown): value is string => typeof value === 'string';

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
