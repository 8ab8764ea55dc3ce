import { compareTexts } from '../../compliance/compareTexts.ts';
import { type ComplianceError, isSignedOut } from '../../compliance/errors.ts';
import { rankCompliance } from '../../compliance/model.ts';
import type { ExportContent, ResourceColumn, ShownRules } from '../exportQuery.ts';

/** What to read. */
export interface ReadOptions {
  readonly content: ExportContent;
  readonly resourceColumns: readonly ResourceColumn[];
  readonly ownerTag: string;
  readonly shownRules: ShownRules | undefined;
  readonly signal: AbortSignal;
  /** Receives the number of rows that have been read so far, until they are sorted. */
  readonly onRead: ((rows: number) => void) | undefined;
}

/** How the rules are ordered unless a panel shows them in another order. */
export const defaultRuleOrder = 'largest estimated gain first, that is, most failing results first';

interface Rule {
  readonly name: string;
  readonly compliance: string | undefined;
  readonly failing: number;
}

/** Selects and orders the rules that a panel shows. Without a panel: all, in the default order. */
export function orderRules<T extends Rule>(rules: readonly T[], shown: ShownRules | undefined): readonly T[] {
  if (!shown) return rules.toSorted(compareByFailures);
  const byName = new Map(rules.map((rule) => [rule.name, rule]));
  return shown.names.flatMap((name) => byName.get(name) ?? []);
}

/** Most failing results first, then by compliance, worst first, then by name. */
function compareByFailures(a: Rule, b: Rule): number {
  const byCompliance = rankCompliance(a.compliance) - rankCompliance(b.compliance);
  return b.failing - a.failing || byCompliance || compareTexts(a.name, b.name);
}

/** Throws an error that would repeat for every other pack. Other errors are part of the export. */
export function throwIfExportEnds(errors: readonly ComplianceError[]): void {
  const endings = ['cancelled', 'accountChanged', 'staleCursor', 'credentialsRejected'];
  const error = errors.find((each) => isSignedOut(each) || endings.includes(each.kind));
  if (error) throw error;
}
