import type { Filter } from '../compliance/filter.ts';
import { type Grouping, groupings } from '../compliance/grouping.ts';
import { type ComplianceType, complianceTypes } from '../compliance/model.ts';
import { parseFilter } from '../compliance/parseFilter.ts';
import { defaultPackOrder, type PackOrder } from '../compliance/source.ts';
import { type Field, validate } from '../compliance/validation.ts';
import { contents, type ExportContent, type ResourceColumn, resourceColumns } from './exportQuery.ts';
import type { SourceReference } from './exportSources.ts';
import { type FormatName, formatNames } from './formats.ts';

/** Validated arguments of the export command. */
export interface ExportArguments {
  readonly source: SourceReference;
  readonly format: FormatName;
  /** Not validated: only the editor knows URIs. */
  readonly uri: unknown;
  readonly content?: ExportContent;
  readonly resourceColumns?: readonly ResourceColumn[];
  readonly filter?: Filter;
  readonly order?: PackOrder;
  readonly grouping?: Grouping;
}

const members = ['source', 'format', 'uri', 'content', 'filter', 'order', 'groupBy', 'resourceColumns'] as const;

/** Parses the argument object of a keybinding, a task or another extension. Throws if a member is invalid. */
export function parseExportArguments(args: unknown): ExportArguments {
  const { source, format, uri, content, filter, order, groupBy, ...more } = getMembers(args, members, 'The argument');
  const grouping = groupBy === undefined ? undefined : parseOne('groupBy', groupBy, groupings);
  // Groups have an order.
  const packOrder = order === undefined ? grouping && defaultPackOrder : parseOrder(order);
  return {
    format: parseOne('format', format, formatNames),
    source: parseSource(source),
    uri,
    ...(content !== undefined && { content: parseOne('content', content, contents) }),
    ...(more.resourceColumns !== undefined && { resourceColumns: parseColumns(more.resourceColumns) }),
    ...(filter !== undefined && { filter: parseFilterMember(filter) }),
    ...(packOrder && { order: packOrder }),
    ...(grouping && { grouping }),
  };
}

function parseFilterMember(value: unknown): Filter {
  const filter = parseFilter(value);
  if (!filter)
    throw new Error('filter: Specify any of compliance, scoreBelow, name, nameContains, account and region.');
  return filter;
}

function parseColumns(value: unknown): readonly ResourceColumn[] {
  if (!Array.isArray(value)) throw new Error(`resourceColumns: Specify a list of ${resourceColumns.join(', ')}.`);
  return [...new Set(value)].map((column) => parseOne('resourceColumns', column, resourceColumns));
}

function parseOrder(value: unknown): PackOrder {
  const { by, descending = false } = getMembers(value, ['by', 'descending'], 'order');
  if (typeof descending !== 'boolean') throw new Error('order, descending: Specify true or false.');
  return { by: parseOne('order, by', by, ['score', 'name']), descending };
}

function parseSource(source: unknown): SourceReference {
  if (typeof source === 'object' && source !== null && 'scope' in source) {
    const { scope, packs } = getMembers(source, ['scope', 'packs'], 'source');
    const { account, region } = getMembers(scope, ['account', 'region'], 'source.scope');
    return {
      scope: { account: parseField('account', account), region: parseField('region', region) },
      ...(packs !== undefined && { packs: parsePacks(packs) }),
    };
  }
  if (typeof source === 'object' && source !== null && 'framework' in source) {
    const { framework } = getMembers(source, ['framework'], 'source');
    return { framework: parseField('name', framework, 'framework') };
  }
  const names = ['aggregator', 'pack', 'account', 'region', 'compliance'] as const;
  const { aggregator, pack, account, region, compliance } = getMembers(source, names, 'source');
  if (typeof aggregator !== 'string' || aggregator === '') {
    throw new Error('source: Specify { aggregator: NAME } or { scope: { account, region } } or { framework: NAME }.');
  }
  return {
    aggregator,
    ...(pack !== undefined && { pack: parseField('name', pack, 'pack') }),
    ...(account !== undefined && { account: parseField('account', account) }),
    ...(region !== undefined && { region: parseField('region', region) }),
    ...(compliance !== undefined && { compliance: parseCompliance(compliance) }),
  };
}

/** The members of an object. Throws if the value is not an object or has other members. */
function getMembers<Name extends string>(
  value: unknown,
  names: readonly Name[],
  label: string,
): { readonly [key in Name]?: unknown } {
  if (typeof value !== 'object' || value === null)
    throw new Error(`${label}: Specify an object with ${names.join(', ')}.`);
  const unknownName = Object.keys(value).find((key) => !names.some((name) => name === key));
  if (unknownName !== undefined)
    throw new Error(`${label}: Unknown member “${unknownName}”. Specify any of ${names.join(', ')}.`);
  return value;
}

function parseCompliance(value: unknown): ComplianceType {
  const compliance = complianceTypes.find((type) => type === value);
  if (!compliance) throw new Error(`source, compliance: ${validate('compliance', value)}`);
  return compliance;
}

function parsePacks(value: unknown): readonly string[] {
  if (!Array.isArray(value) || value.length === 0) throw new Error('source, packs: Specify a list of pack names.');
  return value.map((name) => parseField('name', name, 'packs'));
}

function parseOne<T extends string>(label: string, value: unknown, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw new Error(`${label}: Specify one of ${allowed.join(', ')}.`);
  return found;
}

function parseField(field: Field, value: unknown, label: string = field): string {
  const problem = validate(field, value);
  if (problem) throw new Error(`source, ${label}: ${problem}`);
  return String(value);
}
