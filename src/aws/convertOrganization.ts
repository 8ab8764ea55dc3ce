import type {
  AccountRollout,
  AggregateRule,
  OrganizationPack,
  OrganizationPackStatus,
  PackItem,
  SelectedRow,
} from '../compliance/organizationModel.ts';
import { asRecord } from '../compliance/unknownValues.ts';
import { toEvaluation } from './convert.ts';
import { convertRows, type Members } from './convertRows.ts';
import { parseCount, parseName, parseNames, parseText, parseTime } from './parseValue.ts';

function toAggregateRule(row: Members): AggregateRule | undefined {
  const [rule, account, region] = [row.ConfigRuleName, row.AccountId, row.AwsRegion].map(parseName);
  if (rule === undefined || account === undefined || region === undefined) return undefined;
  const { ComplianceType, ComplianceContributorCount } = asRecord(row.Compliance);
  const { CappedCount, CapExceeded } = asRecord(ComplianceContributorCount);
  const resources = CappedCount === undefined ? undefined : parseCount(CappedCount);
  return { rule, account, region, compliance: parseText(ComplianceType), resources, isCapped: CapExceeded === true };
}

function toOrganizationPack(pack: Members): OrganizationPack | undefined {
  const name = parseName(pack.OrganizationConformancePackName);
  if (name === undefined) return undefined;
  return {
    name,
    arn: parseName(pack.OrganizationConformancePackArn),
    excludedAccounts: parseNames(pack.ExcludedAccounts),
    updatedAt: parseTime(pack.LastUpdateTime),
  };
}

function toOrganizationPackStatus(status: Members): OrganizationPackStatus | undefined {
  const pack = parseName(status.OrganizationConformancePackName);
  return pack === undefined ? undefined : { pack, ...toRolloutState(status) };
}

function toAccountRollout(status: Members): AccountRollout | undefined {
  const account = parseName(status.AccountId);
  if (account === undefined) return undefined;
  return { account, deployedName: parseName(status.ConformancePackName), ...toRolloutState(status) };
}

const toRolloutState = (status: Members) => ({
  state: parseText(status.Status) ?? 'UNKNOWN',
  errorCode: parseText(status.ErrorCode),
  reason: parseText(status.ErrorMessage),
  updatedAt: parseTime(status.LastUpdateTime),
});

/** The operations that return rows: the member of the response that holds them, and how one is converted. */
const operations = {
  DescribeAggregateComplianceByConfigRules: ['AggregateComplianceByConfigRules', toAggregateRule],
  GetAggregateComplianceDetailsByConfigRule: ['AggregateEvaluationResults', toEvaluation],
  DescribeOrganizationConformancePacks: ['OrganizationConformancePacks', toOrganizationPack],
  DescribeOrganizationConformancePackStatuses: ['OrganizationConformancePackStatuses', toOrganizationPackStatus],
  GetOrganizationConformancePackDetailedStatus: ['OrganizationConformancePackDetailedStatuses', toAccountRollout],
} as const;

export type OrganizationOperation = keyof typeof operations;

/** What a row of the operation's response is converted to. */
export type OrganizationRowOf<Name extends OrganizationOperation> = NonNullable<
  ReturnType<(typeof operations)[Name][1]>
>;

/** Converts the rows of a response. Throws as `convertRows`. */
export function toOrganizationRows<Name extends OrganizationOperation>(
  operation: Name,
  response: object,
): OrganizationRowOf<Name>[] {
  const [member, toRow] = operations[operation] as readonly [
    string,
    (row: Members) => OrganizationRowOf<Name> | undefined,
  ];
  return convertRows(operation, response, member, (row) => toRow(asRecord(row)));
}

/**
 * Parses a row of an advanced query, which is the JSON of an object. Throws a SyntaxError for anything else: a row that
 * cannot be read must not look like one that does not exist.
 */
export function toSelectedRow(result: unknown): SelectedRow {
  const row: unknown = JSON.parse(String(result));
  if (typeof row !== 'object' || row === null || Array.isArray(row)) throw new SyntaxError('A row is not an object.');
  return asRecord(row);
}

/** Converts the configuration item of a pack. Its id ends the names of its rules, and is its resource ID. */
export function toPackItem(row: SelectedRow): PackItem | undefined {
  const [pack, account, region] = [row.resourceName, row.accountId, row.awsRegion].map(parseName);
  if (pack === undefined || account === undefined || region === undefined) return undefined;
  const rules = toList(asRecord(row.configuration).configRuleList).flatMap((entry) => {
    const { configRuleName, complianceType } = asRecord(entry);
    const name = parseName(configRuleName);
    return name === undefined ? [] : [{ name, compliance: parseText(complianceType) }];
  });
  const [id] = [row.resourceId, ...rules.map(({ name }) => name)].flatMap(findPackId);
  return { pack, account, region, id, rules };
}

const findPackId = (text: unknown): string[] =>
  typeof text === 'string' ? (/conformance-pack-[a-z0-9]{9}$/.exec(text)?.slice(0, 1) ?? []) : [];

/** AWS writes a list with one member as that member in some items. */
const toList = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];
