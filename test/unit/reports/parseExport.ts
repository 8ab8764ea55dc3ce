import type { FormatName } from '../../../src/reports/formats.ts';
import { parseCsv, unescapeFormulas } from './csv.ts';
import { parseHtml } from './htmlDocument.ts';

/** What a reader finds in an exported file of one source. */
export interface ParsedExport {
  /** `account/region/pack` of each row; with the rule's name if the rows are rules. */
  readonly rows: readonly string[];
  /** The IDs and regions of failed and outdated sources, as `id · region`. */
  readonly sources: readonly string[];
  readonly order: string;
  readonly filter: string;
  readonly totalRows: number;
  readonly hasEnd: boolean;
}

type Parse = (text: string) => ParsedExport;

const toKey = ({ account, region, pack, rule }: Record<string, unknown>): string =>
  `${account}/${region}/${pack || rule}`;

/** The keys of a table's rows. `scope` has the account and region that all rows share, if they are not columns. */
function getTableKeys(titles: readonly string[], rows: readonly (readonly string[])[], scope: object): string[] {
  const names: Record<string, string> = {
    'Conformance pack': 'pack',
    Rule: 'rule',
    Account: 'account',
    Region: 'region',
  };
  return rows.map((cells) =>
    toKey({ ...scope, ...Object.fromEntries(titles.map((title, index) => [names[title], cells[index]])) }),
  );
}

function parseJson(text: string): ParsedExport {
  const { sources, rows, totals, endedAt, filter } = JSON.parse(text);
  const [source] = sources;
  return {
    rows: rows.map(toKey),
    sources: (source.unhealthySources ?? []).map(formatSource),
    order: source.order.text,
    filter: Object.values(filter).join(' '),
    totalRows: totals.rows,
    hasEnd: endedAt > '2',
  };
}

const formatSource = ({ id, region }: Record<string, unknown>): string => [id, region].filter(Boolean).join(' · ');

function parseJsonLines(text: string): ParsedExport {
  const lines = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const ofType = (type: string) => lines.filter((line) => line.type === type);
  return parseJson(JSON.stringify({ ...ofType('head')[0], rows: ofType('row'), ...ofType('end')[0] }));
}

function parseCsvExport(text: string): ParsedExport {
  const [head = [], ...lines] = parseCsv(text);
  const records = lines.map((cells) =>
    Object.fromEntries(head.map((name, index) => [name, unescapeFormulas(cells[index] ?? '')])),
  );
  const ofType = (type: string) => records.filter(({ record }) => record === type);
  const [end = {}] = ofType('end');
  return {
    rows: ofType('row').map(toKey),
    sources: ofType('source').map(({ account, region }) => formatSource({ id: account, region })),
    order: end.order ?? '',
    filter: end.filter ?? '',
    totalRows: Number(/^rows (\d+)/.exec(end.totals ?? '')?.[1]),
    hasEnd: end.endedAt !== '',
  };
}

const unescapeMarkdown = (text: string): string => text.replace(/\\([\\`*_{}[\]<>()#!|~&@:/.])/g, '$1');

function parseMarkdown(text: string): ParsedExport {
  const lines = text.split('\n').map(unescapeMarkdown);
  const values = (label: string) =>
    lines.filter((line) => line.startsWith(`- ${label}: `)).map((line) => line.slice(label.length + 4));
  const table = lines.filter((line) => line.startsWith('| ')).map((line) => line.slice(2, -2).split(' | '));
  const [titles = []] = table;
  const rows = table.filter(
    ({ length, 0: first }) => length === titles.length && first !== '---' && first !== titles[0],
  );
  return {
    rows: getTableKeys(titles, rows, { account: values('Account')[0], region: values('Region')[0] }),
    sources: values('Failed or outdated source').map((source) => source.split(':')[0] ?? ''),
    order: values('Order')[0] ?? '',
    filter: values('Filter')[0] ?? '',
    totalRows: Number(values('Rows')[0]),
    hasEnd: values('Reading finished').length === 1,
  };
}

function parseHtmlExport(text: string): ParsedExport {
  const { values, sections } = parseHtml(text);
  const find = (label: string) => values.filter(([name]) => name === label).map(([, value]) => value);
  const { titles = [], rows = [] } = sections[0] ?? {};
  return {
    rows: getTableKeys(titles, rows, { account: find('Account')[0], region: find('Region')[0] }),
    sources: find('Failed or outdated source').map((source) => source.split(':')[0] ?? ''),
    order: find('Order')[0] ?? '',
    filter: find('Filter')[0] ?? '',
    totalRows: Number(find('Rows')[0]),
    hasEnd: find('Reading finished').length === 1,
  };
}

/** How each format is read back. */
export const parsers: Readonly<Record<FormatName, Parse>> = {
  csv: parseCsvExport,
  json: parseJson,
  jsonl: parseJsonLines,
  markdown: parseMarkdown,
  html: parseHtmlExport,
};
