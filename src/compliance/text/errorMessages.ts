import type { ComplianceError, ErrorFamily } from '../errors.ts';
import type { Connection } from '../source.ts';
import type { ErrorAction } from './errorKinds/errorKind.ts';
import { getFamily, getTexts } from './errorKinds/errorTable.ts';
import { getSubject } from './errorKinds/subjects.ts';

export type { ErrorAction } from './errorKinds/errorKind.ts';

/** An error as every view shows it. */
export interface ErrorDescription {
  readonly family: ErrorFamily;
  /** A heading for errors of this family. */
  readonly familyTitle: string;
  /** A short phrase without a full stop. */
  readonly title: string;
  /** What could not be read, such as `scores`; undefined if unknown, or if the title tells. */
  readonly subject: string | undefined;
  /** The likely causes with their remedies, the most likely one first: sentences. */
  readonly causes: readonly string[];
  /** All causes. */
  readonly advice: string;
  /** Title and advice as sentences. */
  readonly text: string;
  /** The same after what could not be read. */
  readonly fullText: string;
  /** The most useful action first; never empty. */
  readonly actions: readonly [ErrorAction, ...ErrorAction[]];
}

const retryAction: ErrorAction = { kind: 'retry' };

/** Describes an error; a title about credentials names the profile of `connection`. */
export function describeError(error: ComplianceError, connection?: Connection): ErrorDescription {
  const { kind, message, details } = error;
  const { getTitle, getCauses, hidesSubject, furtherActions = [] } = getTexts(kind);
  const facts = { message, details, profile: connection?.profile };
  const title = getTitle(facts);
  const causes = getCauses(facts);
  const texts = causes.map(({ text }) => text);
  const advice = texts.join(' ');
  const text = `${title}. ${advice}`;
  const subject = hidesSubject ? undefined : getSubject(details);
  return {
    ...getFamily(kind),
    title,
    subject,
    causes: texts,
    advice,
    text,
    fullText: subject === undefined ? text : `Could not read ${subject}: ${text}`,
    actions: addRetry(distinct([...causes.flatMap(({ action }) => action ?? []), ...furtherActions])),
  };
}

/** The actions of several errors, with Retry once and at the end. */
export const mergeActions = (descriptions: readonly ErrorDescription[]): readonly ErrorAction[] =>
  addRetry(
    mergePolicies(distinct(descriptions.flatMap(({ actions }) => actions.filter(({ kind }) => kind !== 'retry')))),
  );

/** One policy allows everything that is missing. */
function mergePolicies(actions: readonly ErrorAction[]): readonly ErrorAction[] {
  const permissions = actions.flatMap((action) => (action.kind === 'copyPolicy' ? action.permissions : []));
  if (permissions.length === 0) return actions;
  return [{ kind: 'copyPolicy', permissions }, ...actions.filter(({ kind }) => kind !== 'copyPolicy')];
}

const distinct = (actions: readonly ErrorAction[]): readonly ErrorAction[] => [
  ...new Map(actions.map((action) => [JSON.stringify(action), action])).values(),
];

/** Every error can be retried. The log alone resolves nothing, so it comes last. */
function addRetry(actions: readonly ErrorAction[]): ErrorDescription['actions'] {
  const isLog = ({ kind }: ErrorAction) => kind === 'showLog';
  const [first, ...others] = actions.filter((action) => !isLog(action));
  const last = [retryAction, ...actions.filter(isLog)] as const;
  return first ? [first, ...others, ...last] : [...last];
}
