import type { ComplianceError } from '../../compliance/errors.ts';
import type { List } from '../../compliance/paging/list.ts';
import { redact } from '../../compliance/redaction.ts';
import { formatConnection } from '../../compliance/source.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';
import { PackList } from '../../compliance/store/packList.ts';
import { describeError } from '../../compliance/text/errorMessages.ts';
import { formatCount, formatIsoTime } from '../../compliance/text/format.ts';
import type { CompletedRequest, RequestHistory } from './requestHistory.ts';

/** What a bug report tells of. */
export interface DiagnosticFacts {
  /** Versions and kinds of what Packscope runs in, a line each. */
  readonly about: readonly string[];
  /** The settings that differ from their defaults, by name. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** What is known through the connections of the settings. */
  readonly stores: readonly ConnectionStore[];
  readonly requests: Pick<RequestHistory, 'all' | 'failed'>;
  readonly environment: NodeJS.ProcessEnv;
}

/** A bug report as Markdown: names, states and failures, and nothing that is secret. */
export function diagnosticsReport({ about, settings, stores, requests, environment }: DiagnosticFacts): string {
  const failed = requests.failed.filter((request) => !requests.all.includes(request));
  const sections = [
    ['# Packscope diagnostics', ...about.map(bullet)],
    ['## Settings', ...settingLines(settings)],
    ['## Environment', ...environmentLines(environment)],
    ...stores.map(connectionLines),
    ['## Last requests', ...requestLines(requests.all)],
    ...(failed.length > 0 ? [['## Earlier failures', ...requestLines(failed)]] : []),
  ];
  const report = sections.map(([title, ...lines]) => `${title}\n\n${lines.join('\n')}\n`).join('\n');
  return redact(report, environment);
}

function settingLines(settings: Readonly<Record<string, unknown>>): string[] {
  const lines = Object.entries(settings).map(([name, value]) => bullet(`${name}: ${JSON.stringify(value)}`));
  return lines.length > 0 ? lines : ['All are at their defaults.'];
}

/** Names alone: a value may be a secret, and an address of a proxy may hold one. */
function environmentLines(environment: NodeJS.ProcessEnv): string[] {
  const names = Object.keys(environment)
    .filter((name) => environment[name] && /^AWS_|^(https?|no|all)_proxy$|^NODE_EXTRA_CA_CERTS$/i.test(name))
    .sort();
  return [names.length > 0 ? `Set: ${names.join(', ')}` : 'Nothing about AWS or a proxy is set.'];
}

function connectionLines(store: ConnectionStore): string[] {
  const { connection, identity: scopes, aggregators } = store;
  const [scope] = scopes.rows;
  const place = scope ? [scope.account, scope.region, scope.partition] : [connection.region, 'account not known'];
  const lists = [...store.lists()];
  const packs = lists.filter((list) => list instanceof PackList);
  const isOther = (list: List<unknown>) => list !== scopes && list !== aggregators && !(list instanceof PackList);
  const others = lists.filter((list) => isOther(list) && (list.readAt !== undefined || list.state !== 'idle'));
  return [
    `## Connection: ${[formatConnection(connection), ...place].filter(Boolean).join(' · ')}`,
    bullet(`Identity: ${listState(scopes)}`),
    bullet(`Aggregators: ${listState(aggregators)}`),
    ...packs.map((list) => bullet(`Packs: ${listState(list)}`)),
    ...(others.length > 0 ? [bullet(`Other lists: ${others.map(listState).join('; ')}`)] : []),
    ...lists.flatMap(({ errors }) => errors).map((error) => bullet(failure(error))),
  ];
}

function listState({ state, rows, readAt }: List<unknown>): string {
  if (readAt === undefined) return state === 'idle' ? 'not asked' : state;
  return `${state}, ${formatCount(rows.length, 'row')}, read ${formatIsoTime(readAt)}`;
}

function failure(error: ComplianceError): string {
  const { operation, requestId } = error.details;
  const where = [operation, requestId && `request ${requestId}`].filter(Boolean).join(', ');
  return `Failure (${error.kind}): ${describeError(error).title}${where && ` (${where})`}: ${error.message}`;
}

function requestLines(requests: readonly CompletedRequest[]): string[] {
  return requests.length > 0 ? requests.map((request) => bullet(requestLine(request))) : ['None.'];
}

function requestLine({ at, operation, region, milliseconds, attempts, rows, error }: CompletedRequest): string {
  const tries = formatCount(attempts, 'attempt');
  const outcome = error === undefined ? `, ${rows} rows` : `: ${error}`;
  return `${formatIsoTime(at)} ${operation} ${region} ${milliseconds} ms, ${tries}${outcome}`;
}

/** Messages of the service may go over several lines. */
const bullet = (text: string): string => `- ${text.replace(/\s+/g, ' ').trim()}`;
