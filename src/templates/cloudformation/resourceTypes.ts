import type { PackReference } from '../model.ts';

export interface PackType {
  readonly kind: PackReference['kind'];
  /** The property its name stands in. */
  readonly nameProperty: string;
}

/** The resource types that bear a pack's name. */
export const packTypes: ReadonlyMap<string, PackType> = new Map([
  ['AWS::Config::ConformancePack', { kind: 'pack', nameProperty: 'ConformancePackName' }],
  [
    'AWS::Config::OrganizationConformancePack',
    { kind: 'organization', nameProperty: 'OrganizationConformancePackName' },
  ],
]);

export const ruleType = 'AWS::Config::ConfigRule';

/** What a conformance pack's template may hold. */
export const packTemplateTypes: ReadonlySet<string> = new Set([ruleType, 'AWS::Config::RemediationConfiguration']);
