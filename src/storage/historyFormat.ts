import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import {
  type Gap,
  getListId,
  getListKey,
  getScopeKey,
  isGap,
  type RowsReading,
  type Visit,
} from '../compliance/history/reading.ts';
import type { AggregateRow } from '../compliance/model.ts';
import { StringTable } from '../compliance/organization/stringTable.ts';
import { asRecord } from '../compliance/unknownValues.ts';
import { isHistoryVisit } from './historyChecks.ts';

/** Files with another version are not read. */
const formatVersion = 'packscope history 1';
/** Maximum bytes of a file. A larger visit is stored as a gap. */
export const maxHistoryFileSize = 2_000_000;
/** Maximum bytes of a file's content without compression. */
const maxContentLength = 64_000_000;

/** Rows take less space, and less time to compress, as numbers that refer to their texts. */
interface RowTable {
  readonly texts: readonly string[];
  /** Seven per row: pack, account, region and state as indexes of `texts` (-1: no state), and the three counts. */
  readonly numbers: readonly number[];
  /** Rows with impossible counts, as they came. */
  readonly unusual: readonly AggregateRow[];
}

const numbersPerRow = 7;

/** Encodes a visit: a line with version and checksum, then the compressed content. One that is too large becomes a gap. */
export async function encodeVisit(visit: Visit): Promise<{ readonly stored: Visit; readonly file: Buffer }> {
  const file = await encode(visit);
  if (file.length <= maxHistoryFileSize || isGap(visit)) return { stored: visit, file };
  const { scope, readAt } = visit;
  const stored: Gap = { scope, readAt, listId: toListId(visit), reason: 'Too much data to store' };
  return { stored, file: await encode(stored) };
}

async function encode(visit: Visit): Promise<Buffer> {
  const body = await promisify(gzip)(JSON.stringify(toStored(visit)));
  return Buffer.concat([Buffer.from(`${formatVersion} ${computeChecksum(body)}\n`), body]);
}

/** Decodes a visit. Rejects if the file is damaged or has another version. */
export async function decodeVisit(file: Buffer): Promise<Visit> {
  const headEnd = file.indexOf('\n');
  const body = file.subarray(headEnd + 1);
  if (headEnd < 0 || file.toString('utf8', 0, headEnd) !== `${formatVersion} ${computeChecksum(body)}`)
    throw new Error('it is damaged or has another version');
  const content = await promisify(gunzip)(body, { maxOutputLength: maxContentLength });
  const visit = parseStored(JSON.parse(content.toString('utf8')));
  if (!isHistoryVisit(visit)) throw new Error('it is invalid');
  return visit;
}

/** Hashes a text to 16 hexadecimal digits. */
const hashText = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** Identifies the account and region in a file's name. */
export const getScopeHash = (scope: Visit['scope']): string => hashText(getScopeKey(scope));

/** Identifies the list in a file's name. */
export const getListHash = (visit: Visit): string => hashText(getListKey(getListId(visit)));

const computeChecksum = (body: Buffer): string => createHash('sha256').update(body).digest('hex');

/** The id of a reading's list. */
function toListId(reading: Exclude<Visit, Gap>): Gap['listId'] {
  switch (reading.kind) {
    case 'packs':
      return { kind: 'packs' };
    case 'rules':
      return { kind: 'rules', pack: reading.pack, packId: reading.packId };
    case 'rows':
      return { kind: 'rows', aggregator: reading.aggregator, filter: reading.filter };
  }
}

/** A visit as it is stored: rows as a table. */
const toStored = (visit: Visit): unknown =>
  !isGap(visit) && visit.kind === 'rows' ? { ...visit, rows: toRowTable(visit.rows) } : visit;

function parseStored(value: unknown): unknown {
  const record = asRecord(value);
  return record.kind === 'rows' ? { ...record, rows: parseRowTable(record.rows) } : value;
}

function toRowTable(rows: RowsReading['rows']): RowTable {
  const texts = new StringTable();
  const numbers: number[] = [];
  const unusual: AggregateRow[] = [];
  for (const row of rows) {
    if (row.countsText !== undefined) {
      unusual.push(row);
      continue;
    }
    numbers.push(texts.add(row.pack), texts.add(row.account), texts.add(row.region));
    numbers.push(row.compliance === undefined ? -1 : texts.add(row.compliance));
    numbers.push(row.compliantRules, row.nonCompliantRules, row.totalRules);
  }
  return { texts: texts.all, numbers, unusual };
}

/** The rows; undefined or invalid rows if the value is not a table of rows. */
function parseRowTable(value: unknown): unknown {
  const { texts, numbers, unusual } = asRecord(value);
  if (!Array.isArray(texts) || !Array.isArray(numbers) || !Array.isArray(unusual)) return undefined;
  const rows: unknown[] = [];
  for (let index = 0; index < numbers.length; index += numbersPerRow) {
    const [packName, account, region, state, compliantRules, nonCompliantRules, totalRules] = numbers.slice(
      index,
      index + numbersPerRow,
    );
    rows.push({
      pack: texts[packName],
      account: texts[account],
      region: texts[region],
      compliance: texts[state],
      compliantRules,
      nonCompliantRules,
      totalRules,
    });
  }
  return [...rows, ...unusual];
}
