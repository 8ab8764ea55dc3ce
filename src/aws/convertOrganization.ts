import type {
  AggregateComplianceByConfigRule,
  OrganizationConformancePack,
  OrganizationConformancePackDetailedStatus,
  OrganizationConformancePackStatus,
} from '@aws-sdk/client-config-service';
import { type ComplianceType, complianceTypes } from '../compliance/model.ts';
import type {
  AccountRollout,
  AggregateRule,
  OrganizationPack,
  OrganizationPackStatus,
  PackItem,
  SelectedRow,
} from '../compliance/organizationModel.ts';
import { asRecord } from '../compliance/unknownValues.ts';

// As in `convert.ts`, converters return an array of one item, or of none for a row that cannot be identified.

export function toAggregateRules(row: AggregateComplianceByConfigRule): AggregateRule[] {
  const { ConfigRuleName: rule, AccountId: account, AwsRegion: region, Compliance: compliance } = row;
  if (rule === undefined || account === undefined || region === undefined) return [];
  const { CappedCount: resources, CapExceeded: isCapped = false } = compliance?.ComplianceContributorCount ?? {};
  return [{ rule, account, region, compliance: toComplianceType(compliance?.ComplianceType), resources, isCapped }];
}

export const toOrganizationPacks = (pack: OrganizationConformancePack): OrganizationPack[] =>
  pack.OrganizationConformancePackName === undefined
    ? []
    : [
        {
          name: pack.OrganizationConformancePackName,
          arn: pack.OrganizationConformancePackArn,
          excludedAccounts: pack.ExcludedAccounts ?? [],
          updatedAt: pack.LastUpdateTime?.getTime(),
        },
      ];

export const toOrganizationPackStatuses = (status: OrganizationConformancePackStatus): OrganizationPackStatus[] =>
  status.OrganizationConformancePackName === undefined
    ? []
    : [{ pack: status.OrganizationConformancePackName, ...toRolloutState(status) }];

export const toAccountRollouts = (status: OrganizationConformancePackDetailedStatus): AccountRollout[] =>
  status.AccountId === undefined
    ? []
    : [{ account: status.AccountId, deployedName: status.ConformancePackName, ...toRolloutState(status) }];

const toRolloutState = (status: OrganizationConformancePackStatus | OrganizationConformancePackDetailedStatus) => ({
  state: status.Status ?? 'UNKNOWN',
  errorCode: status.ErrorCode || undefined,
  reason: status.ErrorMessage || undefined,
  updatedAt: status.LastUpdateTime?.getTime(),
});

/**
 * Parses a row of an advanced query, which is the JSON of an object. Throws a SyntaxError for anything else: a row that
 * cannot be read must not look like one that does not exist.
 */
export function toSelectedRow(result: string): SelectedRow {
  const row: unknown = JSON.parse(result);
  if (typeof row !== 'object' || row === null || Array.isArray(row)) throw new SyntaxError('A row is not an object.');
  return asRecord(row);
}

/** Converts the configuration item of a pack. Its id ends the names of its rules, and is its resource ID. */
export function toPackItems({
  resourceId,
  resourceName,
  accountId,
  awsRegion,
  configuration,
}: SelectedRow): PackItem[] {
  if (typeof resourceName !== 'string' || typeof accountId !== 'string' || typeof awsRegion !== 'string') return [];
  const rules = toList(asRecord(configuration).configRuleList).flatMap((entry) => {
    const { configRuleName: name, complianceType } = asRecord(entry);
    return typeof name === 'string' ? [{ name, compliance: toComplianceType(complianceType) }] : [];
  });
  const [id] = [resourceId, ...rules.map(({ name }) => name)].flatMap(findPackId);
  return [{ pack: resourceName, account: accountId, region: awsRegion, id, rules }];
}

const findPackId = (text: unknown): string[] =>
  typeof text === 'string' ? (/conformance-pack-[a-z0-9]{9}$/.exec(text)?.slice(0, 1) ?? []) : [];

const toComplianceType = (value: unknown): ComplianceType | undefined => complianceTypes.find((type) => type === value);

/** AWS writes a list with one member as that member in some items. */
const toList = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];
