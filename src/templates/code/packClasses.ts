import type { PackReference } from '../model.ts';

/** A property by its name in each language. */
interface Property {
  readonly javascript: string;
  readonly python: string;
}

/** A CDK or Pulumi class that represents a pack. */
export interface PackClass {
  readonly kind: PackReference['kind'];
  readonly nameProperty: Property;
  readonly library: 'cdk' | 'pulumi' | 'native';
}

const packName = { javascript: 'conformancePackName', python: 'conformance_pack_name' };
const organizationPackName = {
  javascript: 'organizationConformancePackName',
  python: 'organization_conformance_pack_name',
};
const pulumiName = { javascript: 'name', python: 'name' };

export const bodyProperty: Property = { javascript: 'templateBody', python: 'template_body' };

/** The classes by name. Those of Pulumi's two providers have the same names. */
export const packClasses: ReadonlyMap<string, readonly PackClass[]> = new Map<string, readonly PackClass[]>([
  ['CfnConformancePack', [{ kind: 'pack', nameProperty: packName, library: 'cdk' }]],
  ['CfnOrganizationConformancePack', [{ kind: 'organization', nameProperty: organizationPackName, library: 'cdk' }]],
  [
    'ConformancePack',
    [
      { kind: 'pack', nameProperty: pulumiName, library: 'pulumi' },
      { kind: 'pack', nameProperty: packName, library: 'native' },
    ],
  ],
  [
    'OrganizationConformancePack',
    [
      { kind: 'organization', nameProperty: pulumiName, library: 'pulumi' },
      { kind: 'organization', nameProperty: organizationPackName, library: 'native' },
    ],
  ],
]);

/** The modules of the classes of Pulumi's providers, and how programs import from them. */
export const pulumiModules = {
  pulumi: { name: 'cfg', imported: /@pulumi\/aws\/cfg|pulumi_aws\.cfg/ },
  native: { name: 'configuration', imported: /@pulumi\/aws-native\/configuration|pulumi_aws_native\.configuration/ },
} as const;
