import { createHash } from 'node:crypto';
import type { Snapshot } from '../compliance/paging/list.ts';
import type { ListSnapshots } from '../compliance/store/listCache.ts';
import type { ConnectionSnapshot } from '../compliance/store/snapshotSync.ts';
import { asRecord } from '../compliance/unknownValues.ts';
import { validate } from '../compliance/validation.ts';
import { getRowsChecks, isTime } from './snapshotChecks.ts';

/** The content of a snapshot file. */
export interface SnapshotFile extends ConnectionSnapshot {
  /** The connection's key. A file that was moved to another connection's path is not restored. */
  readonly connection: string;
  /** Fingerprint of the credentials; see `computeCredentialsFingerprint`. */
  readonly credentials: string;
  /** Epoch milliseconds. */
  readonly savedAt: number;
}

/** Files with another version are not read. */
const formatVersion = 'packscope snapshot 3';

/** Maximum number of rows per list. */
const maxRowsPerList = 1000;
/** Maximum number of characters for all lists. The lists that were read least recently are dropped first. */
const maxSnapshotLength = 2_000_000;

/** Encodes a snapshot within its size limits: a line with version and checksum, then the content as JSON. */
export function encodeSnapshot(file: SnapshotFile): string {
  const body = JSON.stringify({ ...file, lists: limitSize(file.lists) });
  return `${formatVersion} ${computeChecksum(body)}\n${body}`;
}

/** Maximum number of bytes of a file: more than `encodeSnapshot` writes, and little enough to read at once. */
export const maxFileSize = 4 * maxSnapshotLength;

/** Decodes the snapshot of a connection. Throws if the text is invalid or has another version or connection. */
export function decodeSnapshot(text: string, connection: string): SnapshotFile {
  const headEnd = text.indexOf('\n');
  const body = text.slice(headEnd + 1);
  if (headEnd < 0 || text.slice(0, headEnd) !== `${formatVersion} ${computeChecksum(body)}`)
    throw new Error('it is damaged or has another version');
  const file: unknown = JSON.parse(body);
  if (!isSnapshotFile(file)) throw new Error('it is invalid');
  if (file.connection !== connection) throw new Error('it belongs to another connection');
  return file;
}

/** Checks every member: what a snapshot contains is shown before AWS has confirmed any of it. */
function isSnapshotFile(value: unknown): value is SnapshotFile {
  const { connection, credentials, savedAt, scope, lists } = asRecord(value);
  return (
    typeof connection === 'string' &&
    typeof credentials === 'string' &&
    isTime(savedAt) &&
    isScope(scope) &&
    typeof lists === 'object' &&
    lists !== null &&
    !Array.isArray(lists) &&
    Object.entries(lists).every(([key, parts]) => isListSnapshot(key, parts))
  );
}

function isScope(value: unknown): boolean {
  const { account, partition, region } = asRecord(value);
  const isPartition = typeof partition === 'string' && /^aws[-a-z]*$/.test(partition);
  return isPartition && validate('account', account) === undefined && validate('region', region) === undefined;
}

function isListSnapshot(key: string, parts: unknown): boolean {
  const checks = getRowsChecks(key);
  if (!checks || !Array.isArray(parts) || parts.length !== checks.length) return false;
  return checks.every((areValid, index) => {
    const { rows, complete, readAt } = asRecord(parts[index]);
    if (parts[index] === null) return true;
    return Array.isArray(rows) && areValid(rows) && typeof complete === 'boolean' && isTime(readAt);
  });
}

/** Merges the lists of two snapshots of one scope, and of each list's parts the one that was read last. */
export function mergeLists(lists: ListSnapshots, others: ListSnapshots): ListSnapshots {
  const keys = new Set([...Object.keys(lists), ...Object.keys(others)]);
  return Object.fromEntries([...keys].map((key) => [key, mergeParts(lists[key] ?? [], others[key] ?? [])]));
}

const mergeParts = (parts: ListSnapshots[string], others: ListSnapshots[string]): ListSnapshots[string] =>
  Array.from({ length: Math.max(parts.length, others.length) }, (_, index) => {
    const [part, other] = [parts[index] ?? null, others[index] ?? null];
    return part && other ? (other.readAt > part.readAt ? other : part) : (part ?? other);
  });

const computeChecksum = (body: string): string => createHash('sha256').update(body).digest('hex');

function limitSize(lists: ListSnapshots): ListSnapshots {
  const latestFirst = Object.entries(lists)
    .filter(([, parts]) => parts.some((part) => part !== null))
    .sort(([, a], [, b]) => getReadTime(b) - getReadTime(a));
  const included: [string, ListSnapshots[string]][] = [];
  let length = 0;
  for (const [key, parts] of latestFirst) {
    const limited = parts.map((part) => part && limitRows(part));
    length += key.length + JSON.stringify(limited).length;
    if (length <= maxSnapshotLength) included.push([key, limited]);
  }
  return Object.fromEntries(included);
}

const limitRows = ({ rows, complete, readAt }: Snapshot): Snapshot => ({
  rows: rows.slice(0, maxRowsPerList),
  complete: complete && rows.length <= maxRowsPerList,
  readAt,
});

const getReadTime = (parts: ListSnapshots[string]): number => Math.max(...parts.map((part) => part?.readAt ?? 0));
