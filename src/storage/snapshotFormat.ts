import { createHash } from 'node:crypto';
import type { Snapshot } from '../compliance/paging/list.ts';
import type { ListSnapshots } from '../compliance/store/listCache.ts';
import type { ConnectionSnapshot } from '../compliance/store/snapshotSync.ts';
import { asRecord } from '../compliance/unknownValues.ts';

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
const formatVersion = 'packscope snapshot 2';

/** Maximum number of rows per list. */
const maxRowsPerList = 1000;
/** Maximum number of characters for all lists. The lists that were read least recently are dropped first. */
const maxSnapshotLength = 2_000_000;

/** Encodes a snapshot within its size limits: a line with version and checksum, then the content as JSON. */
export function encodeSnapshot(file: SnapshotFile): string {
  const body = JSON.stringify({ ...file, lists: limitSize(file.lists) });
  return `${formatVersion} ${computeChecksum(body)}\n${body}`;
}

/** Decodes the snapshot of a connection. Throws if the text is damaged or has another version or connection. */
export function decodeSnapshot(text: string, connection: string): SnapshotFile {
  const headEnd = text.indexOf('\n');
  const body = text.slice(headEnd + 1);
  if (headEnd < 0 || text.slice(0, headEnd) !== `${formatVersion} ${computeChecksum(body)}`)
    throw new Error('it is damaged or has another version');
  const file: unknown = JSON.parse(body);
  if (!isSnapshotFile(file)) throw new Error('it is incomplete');
  if (file.connection !== connection) throw new Error('it belongs to another connection');
  return file;
}

function isSnapshotFile(value: unknown): value is SnapshotFile {
  const { connection, credentials, savedAt, scope, lists } = asRecord(value);
  const { account, partition, region } = asRecord(scope);
  const snapshots: readonly unknown[] = Object.values(asRecord(lists));
  return (
    [connection, credentials, account, partition, region].every((each) => typeof each === 'string') &&
    typeof savedAt === 'number' &&
    snapshots.every((parts) => Array.isArray(parts) && parts.every((part) => part === null || isSnapshot(part)))
  );
}

function isSnapshot(value: unknown): value is Snapshot {
  const { rows, complete, readAt } = asRecord(value);
  return Array.isArray(rows) && typeof complete === 'boolean' && typeof readAt === 'number';
}

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
