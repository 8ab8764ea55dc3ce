import { type ComplianceType, complianceTypes } from '../compliance/model.ts';
import { type Field, validate } from '../compliance/validation.ts';
import type { SourceReference } from './exportSources.ts';
import { type FormatName, formatNames } from './formats.ts';

/** Validated arguments of the export command. */
export interface ExportArguments {
  readonly source: SourceReference;
  readonly format: FormatName;
  /** Not validated: only the editor knows URIs. */
  readonly uri: unknown;
}

/** Parses the argument object of a keybinding, a task or another extension. Throws if a member is invalid. */
export function parseExportArguments(args: unknown): ExportArguments {
  const { source, format, uri } = getMembers(args, ['source', 'format', 'uri'], 'The argument');
  const formatName = formatNames.find((name) => name === format);
  if (!formatName) throw new Error(`format: Specify one of ${formatNames.join(', ')}.`);
  return { source: parseSource(source), format: formatName, uri };
}

function parseSource(source: unknown): SourceReference {
  if (typeof source === 'object' && source !== null && 'scope' in source) {
    const { scope } = getMembers(source, ['scope'], 'source');
    const { account, region } = getMembers(scope, ['account', 'region'], 'source.scope');
    return { scope: { account: parseField('account', account), region: parseField('region', region) } };
  }
  const members = ['aggregator', 'pack', 'account', 'region', 'compliance'] as const;
  const { aggregator, pack, account, region, compliance } = getMembers(source, members, 'source');
  if (typeof aggregator !== 'string' || aggregator === '') {
    throw new Error('source: Specify { aggregator: NAME } or { scope: { account, region } }.');
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

function parseField(field: Field, value: unknown, label: string = field): string {
  const problem = validate(field, value);
  if (problem) throw new Error(`source, ${label}: ${problem}`);
  return String(value);
}
