import type { PackReference } from '../model.ts';

export interface PackType {
  readonly kind: PackReference['kind'];
  /** The property that contains the name. */
  readonly nameProperty: string;
}

/** Resource types of packs. */
export const packTypes: ReadonlyMap<string, PackType> = new Map([
  ['AWS::Config::ConformancePack', { kind: 'pack', nameProperty: 'ConformancePackName' }],
  [
    'AWS::Config::OrganizationConformancePack',
    { kind: 'organization', nameProperty: 'OrganizationConformancePackName' },
  ],
]);

/** Resource types of packs in Pulumi YAML, which names a resource itself if no name is given. */
export const pulumiTypes: ReadonlyMap<string, PackType> = new Map([
  ['aws:cfg:ConformancePack', { kind: 'pack', nameProperty: 'name' }],
  ['aws:cfg/conformancePack:ConformancePack', { kind: 'pack', nameProperty: 'name' }],
  ['aws:cfg:OrganizationConformancePack', { kind: 'organization', nameProperty: 'name' }],
  ['aws:cfg/organizationConformancePack:OrganizationConformancePack', { kind: 'organization', nameProperty: 'name' }],
  ['aws-native:configuration:ConformancePack', { kind: 'pack', nameProperty: 'conformancePackName' }],
  [
    'aws-native:configuration:OrganizationConformancePack',
    { kind: 'organization', nameProperty: 'organizationConformancePackName' },
  ],
]);

export const ruleType = 'AWS::Config::ConfigRule';

/** Resource types that a conformance pack's template may contain. */
export const packTemplateTypes: ReadonlySet<string> = new Set([ruleType, 'AWS::Config::RemediationConfiguration']);
