import type {
  AggregateRow,
  Aggregator,
  ComplianceType,
  Deployment,
  Evaluation,
  PackCount,
  Rule,
  Scope,
  Score,
  SummaryKey,
  UnhealthySource,
} from './model.ts';

/** The service's NextToken: opaque, short-lived, never kept beyond a session. */
export type Cursor = string;

/** One page of an answer. It may be empty and still go on. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: Cursor | undefined;
}

/** Where a list goes on, and how its request is called off. */
export interface PageRequest {
  readonly cursor: Cursor | undefined;
  readonly signal: AbortSignal;
}

export interface PackOrder {
  readonly by: 'score' | 'name';
  readonly descending: boolean;
}

/** The order that everything begins with: who asks in it shares one list. */
export const worstFirst: PackOrder = { by: 'score', descending: false };

/** What the service itself can filter aggregate rows by; a name is exact. */
export interface RowFilter {
  readonly pack?: string;
  readonly account?: string;
  readonly region?: string;
  readonly compliance?: ComplianceType;
}

/**
 * Where compliance facts come from: one connection in one region.
 * Every method rejects with a `ComplianceError`, an abort included.
 */
export interface ComplianceSource {
  /** Whose account and which region this source answers for. */
  scope(signal: AbortSignal): Promise<Scope>;
  /** Published scores of the scope's packs, or of those with one of at most `maxNames` exact names, sorted by the service. */
  scores(request: PageRequest, order: PackOrder, names?: readonly string[]): Promise<Page<Score>>;
  /** Deployments of the same, in the service's order. */
  deployments(request: PageRequest, names?: readonly string[]): Promise<Page<Deployment>>;
  /** The rules of a deployed pack. */
  rules(request: PageRequest, pack: string): Promise<Page<Rule>>;
  /** A deployed pack's results in one state, which the service tells apart: `COMPLIANT` or `NON_COMPLIANT`. */
  evaluations(request: PageRequest, pack: string, compliance: ComplianceType): Promise<Page<Evaluation>>;
  aggregators(request: PageRequest): Promise<Page<Aggregator>>;
  /** The sources of an aggregator whose data is missing or old; none where all is well. */
  unhealthySources(request: PageRequest, aggregator: string): Promise<Page<UnhealthySource>>;
  /** Packs counted by account or region. */
  packCounts(request: PageRequest, aggregator: string, by: SummaryKey, filter: RowFilter): Promise<Page<PackCount>>;
  rows(request: PageRequest, aggregator: string, filter: RowFilter): Promise<Page<AggregateRow>>;
  /** The names under which an organization's pack is deployed in an account; the organization tells them to few. */
  organizationNames(request: PageRequest, pack: string, account: string): Promise<Page<string>>;
}

/** Opens the source of a connection; asks nothing yet. */
export type OpenSource = (connection: Connection) => Promise<ComplianceSource>;

/** Names that one question may hold. */
export const maxNames = 25;

/** A profile of the person's AWS files and a region; an absent one is left to the default chain. */
export interface Connection {
  readonly profile?: string;
  readonly region?: string;
}

/** What can be said of a profile of the person's AWS files without using it. */
export interface Profile {
  readonly name: string;
  readonly region: string | undefined;
  /** How it comes by credentials: SSO, `aws login`, a process, keys of the file, or the environment and the machine. */
  readonly kind: 'sso' | 'login' | 'process' | 'keys' | 'other';
  /** The profile that has them: itself, or where the role that it assumes begins. */
  readonly source: string;
  /** Whether a code of an MFA device is asked for. */
  readonly mfa: boolean;
}

/** Names a connection in ids and caches. */
export const connectionKey = ({ profile = '', region = '' }: Connection): string => `${profile}@${region}`;

/** A connection in words. */
export const connectionLabel = ({ profile }: Connection): string =>
  profile === undefined ? 'default credentials' : `profile ${profile}`;

/** One request as the log tells it; never credentials, never what was answered. */
export interface RequestRecord {
  readonly operation: string;
  readonly region: string;
  readonly milliseconds: number;
  readonly attempts: number;
  readonly rows?: number;
  /** The service's name for what went wrong, with its message and its request id. */
  readonly error?: string;
}

export type RequestLog = (record: RequestRecord) => void;
