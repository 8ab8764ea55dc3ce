import type { Estate, Pack } from '../estate/estate.ts';
import { getPackCompliance, getRuleCompliance } from '../estate/scoring.ts';
import type { Scalar } from './query.ts';

/** A configuration item or a part of one, and a row of a result. */
export interface Item {
  readonly [name: string]: Value;
}

/** The value of a property. */
export type Value = Scalar | readonly Value[] | Item;

/** The resource type of the configuration items of packs. */
export const packResourceType = 'AWS::Config::ConformancePackCompliance';

const ruleProperties = ['', '.configRuleName', '.complianceType', '.controls'];

/** The properties of packs, of resources, and of the compliance of resources, which no scope records. */
const properties: ReadonlySet<string> = new Set([
  ...['resourceId', 'resourceName', 'resourceType', 'accountId', 'awsRegion'],
  ...['complianceType', 'totalRuleCount', 'compliantRuleCount', 'nonCompliantRuleCount'].map(inConfiguration),
  ...ruleProperties.map((name) => inConfiguration(`configRuleList${name}`)),
  ...['targetResourceId', 'targetResourceType'].map(inConfiguration),
  ...['tags', 'tags.tag', 'tags.key', 'tags.value'],
]);

/** Whether an expression may contain a property. */
export const isProperty = (name: string): boolean => properties.has(name);

/** Creates the configuration item of a pack. Its rules are left out unless they are needed, because they are many. */
export function createPackItem(estate: Estate, pack: Pack, withRules: boolean): Item {
  const counts = estate.ruleCounts(pack);
  return {
    resourceId: pack.id,
    resourceName: pack.name,
    resourceType: packResourceType,
    accountId: pack.account,
    awsRegion: pack.region,
    configuration: {
      complianceType: getPackCompliance(counts),
      totalRuleCount: counts.total,
      compliantRuleCount: counts.compliant,
      nonCompliantRuleCount: counts.nonCompliant,
      ...(withRules && {
        configRuleList: estate.rules(pack).map((rule) => ({
          configRuleName: rule.name,
          complianceType: getRuleCompliance(rule),
          controls: rule.controls,
        })),
      }),
    },
  };
}

function inConfiguration(name: string): string {
  return `configuration.${name}`;
}
