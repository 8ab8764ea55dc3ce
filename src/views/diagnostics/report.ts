import type { ComplianceError } from '../../compliance/errors.ts';
import type { List } from '../../compliance/paging/list.ts';
import { redact } from '../../compliance/redaction.ts';
import { formatConnection } from '../../compliance/source.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';
import { PackList } from '../../compliance/store/packList.ts';
import { formatOrigin } from '../../compliance/text/errorKinds/valueOrigin.ts';
import { describeError } from '../../compliance/text/errorMessages.ts';
import { formatCount, formatScope } from '../../compliance/text/format.ts';
import { toOneLine } from '../../compliance/text/plainText.ts';
import { formatIsoTime } from '../../compliance/text/time.ts';
import type { CompletedRequest, RecentRequests } from './recentRequests.ts';
import { formatRequest } from './requestLog.ts';

export interface ReportInput {
  /** Versions of Packscope and its environment, one per line. */
  readonly about: readonly string[];
  /** The settings that differ from their defaults, by name. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The stores of the configured connections. */
  readonly stores: readonly ConnectionStore[];
  readonly requests: Pick<RecentRequests, 'all' | 'failed'>;
  readonly environment: NodeJS.ProcessEnv;
}

/** Creates a bug report in Markdown. It contains names, states and failures, but no secrets. */
export function createReport({ about, settings, stores, requests, environment }: ReportInput): string {
  const earlierFailures = requests.failed.filter((request) => !requests.all.includes(request));
  const sections = [
    ['# Packscope diagnostics', ...about.map(toBullet)],
    ['## Settings', ...formatSettings(settings)],
    ['## Environment', formatEnvironment(environment)],
    ...stores.map(formatStore),
    ['## Last requests', ...formatRequests(requests.all)],
    ...(earlierFailures.length > 0 ? [['## Earlier failures', ...formatRequests(earlierFailures)]] : []),
  ];
  const report = sections.map(([title, ...lines]) => `${title}\n\n${lines.join('\n')}\n`).join('\n');
  return redact(report, environment);
}

function formatSettings(settings: Readonly<Record<string, unknown>>): string[] {
  const lines = Object.entries(settings).map(([name, value]) => toBullet(`${name}: ${JSON.stringify(value)}`));
  return lines.length > 0 ? lines : ['All settings have their default values.'];
}

/** Lists names only: values may be secrets, and a proxy's URL may contain a password. */
function formatEnvironment(environment: NodeJS.ProcessEnv): string {
  const names = Object.keys(environment)
    .filter((name) => environment[name] && /^AWS_|^(https?|no|all)_proxy$|^NODE_EXTRA_CA_CERTS$/i.test(name))
    .sort();
  return names.length > 0 ? `Set: ${names.join(', ')}` : 'No variables for AWS or a proxy are set.';
}

function formatStore(store: ConnectionStore): string[] {
  const { connection, identity, aggregators } = store;
  const [scope] = identity.rows;
  const location = scope ? [formatScope(scope), scope.partition] : [connection.region, 'unknown account'];
  const lists = [...store.lists()];
  const packLists = lists.filter((list) => list instanceof PackList);
  const otherLists = lists.filter(
    (list) =>
      list !== identity &&
      list !== aggregators &&
      !(list instanceof PackList) &&
      (list.readAt !== undefined || list.state !== 'idle'),
  );
  return [
    `## Connection: ${toOneLine([formatConnection(connection), ...location].filter(Boolean).join(' · '))}`,
    toBullet(`Account: ${formatList(identity)}`),
    toBullet(`Aggregators: ${formatList(aggregators)}`),
    ...packLists.map((list) => toBullet(`Packs: ${formatList(list)}`)),
    ...(otherLists.length > 0 ? [toBullet(`Other lists: ${otherLists.map(formatList).join('; ')}`)] : []),
    ...lists.flatMap(({ errors }) => errors).map((error) => toBullet(formatFailure(error))),
  ];
}

function formatList({ state, rows, readAt }: List<unknown>): string {
  if (readAt === undefined) return state === 'idle' ? 'not loaded' : state;
  return `${state}, ${formatCount(rows.length, 'row')}, loaded ${formatIsoTime(readAt)}`;
}

function formatFailure(error: ComplianceError): string {
  const { family, title } = describeError(error);
  const { operation, otherOperations = [], requestId, origin, ...facts } = error.details;
  const request = [operation, ...otherOperations, requestId && `request ${requestId}`].filter(Boolean).join(', ');
  const evidence = [family, ...Object.entries(facts).map(([name, value]) => `${name} ${value}`)];
  const place = origin ? [formatOrigin(origin)] : [];
  return `Failure (${error.kind}): ${title}${request && ` (${request})`}: ${error.message} (${[...evidence, ...place].join(', ')})`;
}

const formatRequests = (requests: readonly CompletedRequest[]): string[] =>
  requests.length > 0
    ? requests.map((request) => toBullet(`${formatIsoTime(request.endedAt)} ${formatRequest(request)}`))
    : ['None.'];

/** Messages of the service may contain line breaks and invisible characters. */
const toBullet = (text: string): string => `- ${toOneLine(text)}`;
