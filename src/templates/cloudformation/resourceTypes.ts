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

export const ruleType = 'AWS::Config::ConfigRule';

/** Resource types that a conformance pack's template may contain. */
export const packTemplateTypes: ReadonlySet<string> = new Set([ruleType, 'AWS::Config::RemediationConfiguration']);
