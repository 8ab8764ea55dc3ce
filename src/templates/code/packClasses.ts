import type { PackReference } from '../model.ts';

interface Property {
  readonly javascript: string;
  readonly python: string;
}

/** A CDK or Pulumi class that represents a pack. */
export interface PackClass {
  readonly kind: PackReference['kind'];
  readonly nameProperty: Property;
  readonly bodyProperty: Property;
  readonly library: 'cdk' | 'pulumi';
}

const bodyProperty = { javascript: 'templateBody', python: 'template_body' };
const pulumiName = { javascript: 'name', python: 'name' };

/** The classes by name. */
export const packClasses: ReadonlyMap<string, PackClass> = new Map([
  [
    'CfnConformancePack',
    {
      kind: 'pack',
      nameProperty: { javascript: 'conformancePackName', python: 'conformance_pack_name' },
      bodyProperty,
      library: 'cdk',
    },
  ],
  [
    'CfnOrganizationConformancePack',
    {
      kind: 'organization',
      nameProperty: { javascript: 'organizationConformancePackName', python: 'organization_conformance_pack_name' },
      bodyProperty,
      library: 'cdk',
    },
  ],
  ['ConformancePack', { kind: 'pack', nameProperty: pulumiName, bodyProperty, library: 'pulumi' }],
  ['OrganizationConformancePack', { kind: 'organization', nameProperty: pulumiName, bodyProperty, library: 'pulumi' }],
]);
