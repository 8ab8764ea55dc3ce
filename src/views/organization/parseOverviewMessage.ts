import { complianceTypes } from '../../compliance/model.ts';
import { asRecord, isCount, isString } from '../../compliance/unknownValues.ts';
import {
  type OverviewFilter,
  type OverviewMessage,
  overviewTabs,
  type ViewRange,
} from '../../webview/overview/protocol.ts';
import { exportFormats } from '../../webview/shared/protocol.ts';

/** The largest number of rows or columns that a request may ask for. */
const maxRange = 1000;
/** The largest number of toggled rows. */
const maxToggled = 10_000;

/** Parses a message from the webview; undefined if it is invalid. Members that are not part of the message are dropped. */
export function parseOverviewMessage(value: unknown): OverviewMessage | undefined {
  const { type, account, pack, region, problem, action, row } = asRecord(value);
  switch (type) {
    case 'ready':
    case 'refresh':
    case 'cancel':
    case 'loadMore':
      return { type };
    case 'show':
      return parseShow(asRecord(value));
    case 'resolve':
      return isString(problem) && isString(action) ? { type, problem, action } : undefined;
    case 'copyMarkdown':
      return isString(row) ? { type, row } : undefined;
    case 'export':
      return parseExport(asRecord(value));
    case 'loadCell':
      return isString(account) && isString(pack) ? { type, account, pack } : undefined;
    case 'openPack':
      if (!isString(account) || !isString(pack)) return undefined;
      return { type, account, pack, ...(isString(region) && { region }) };
    default:
      return undefined;
  }
}

function parseShow(record: Readonly<Record<string, unknown>>): OverviewMessage | undefined {
  const { request, toggled, focused } = record;
  const tab = overviewTabs.find((each) => each === record.tab);
  const range = parseRange(record.range);
  if (!tab || !range || !isCount(request) || !isString(focused)) return undefined;
  if (!Array.isArray(toggled) || toggled.length > maxToggled || !toggled.every(isString)) return undefined;
  return { type: 'show', request, tab, filter: parseFilter(record.filter), toggled, focused, range };
}

function parseExport(record: Readonly<Record<string, unknown>>): OverviewMessage | undefined {
  const format = exportFormats.find((each) => each === record.format);
  const tab = overviewTabs.find((each) => each === record.tab);
  if (!format || !tab) return undefined;
  const filter = parseFilter(record.filter);
  return { type: 'export', format, tab, filter, ...(record.everything === true && { everything: true }) };
}

function parseRange(value: unknown): ViewRange | undefined {
  const { first, count, firstColumn, columnCount } = asRecord(value);
  if (!isCount(first) || !isCount(count) || !isCount(firstColumn) || !isCount(columnCount)) return undefined;
  return { first, firstColumn, count: Math.min(count, maxRange), columnCount: Math.min(columnCount, maxRange) };
}

/** Invalid members do not restrict: an earlier version of the webview may have stored them. */
function parseFilter(value: unknown): OverviewFilter {
  const { account, region, pack, rule, compliance } = asRecord(value);
  const toText = (each: unknown) => (isString(each) ? each.trim() : '');
  return {
    account: toText(account),
    region: toText(region),
    pack: toText(pack),
    rule: toText(rule),
    compliance: complianceTypes.find((type) => type === compliance) ?? '',
  };
}
