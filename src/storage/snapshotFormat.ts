import { createHash } from 'node:crypto';
import type { ListSnapshots } from '../compliance/store/listCache.ts';
import type { ConnectionSnapshot } from '../compliance/store/snapshots.ts';

/** What a file holds. */
export interface SnapshotFile extends ConnectionSnapshot {
  /** Names the connection, for one file might be put in another's place. */
  readonly connection: string;
  /** Tells where the credentials came from; see `credentialsMark`. */
  readonly credentials: string;
  /** Epoch milliseconds. */
  readonly savedAt: number;
}

/** Names the format: what another version wrote is not read. */
const version = 'packscope snapshot 2';

/** Of each list so many rows are kept, and of each connection so many characters, the last read first. */
const maxRows = 1000;
const maxLength = 2_000_000;

/** An entry as text: a line with the format and a checksum, and behind it the entry within its bounds. */
export function encodeSnapshot(entry: SnapshotFile): string {
  const body = JSON.stringify({ ...entry, lists: bounded(entry.lists) });
  return `${version} ${checksum(body)}\n${body}`;
}

/** The entry of a connection; throws, with the reason, where the text is damaged, foreign or of another version. */
export function decodeSnapshot(text: string, connection: string): SnapshotFile {
  const end = text.indexOf('\n');
  const body = text.slice(end + 1);
  if (end < 0 || text.slice(0, end) !== `${version} ${checksum(body)}`)
    throw new Error('damaged or of another version');
  const entry: SnapshotFile = JSON.parse(body);
  if (entry.connection !== connection) throw new Error('of another connection');
  return entry;
}

const checksum = (body: string): string => createHash('sha256').update(body).digest('hex');

function bounded(lists: ListSnapshots): ListSnapshots {
  const known = Object.entries(lists)
    .filter(([, parts]) => parts.some((part) => part !== null))
    .sort(([, a], [, b]) => lastRead(b) - lastRead(a));
  const kept: [string, ListSnapshots[string]][] = [];
  let length = 0;
  for (const [question, parts] of known) {
    const fitting = parts.map((part) => part && { ...part, ...firstRows(part) });
    length += question.length + JSON.stringify(fitting).length;
    if (length <= maxLength) kept.push([question, fitting]);
  }
  return Object.fromEntries(kept);
}

const firstRows = ({ rows, complete }: { readonly rows: readonly unknown[]; readonly complete: boolean }) => ({
  rows: rows.slice(0, maxRows),
  complete: complete && rows.length <= maxRows,
});

const lastRead = (parts: ListSnapshots[string]): number => Math.max(...parts.map((part) => part?.readAt ?? 0));
