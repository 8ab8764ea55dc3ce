import type { PackReference } from '../model.ts';

/** A property by its name in each language. */
interface Property {
  readonly javascript: string;
  readonly python: string;
}

/** A class of the CDK, of CDK for Terraform or of Pulumi that represents a pack. */
export interface PackClass {
  readonly kind: PackReference['kind'];
  readonly nameProperty: Property;
  readonly library: 'cdk' | 'cdktf' | 'pulumi' | 'native';
}

const packName = { javascript: 'conformancePackName', python: 'conformance_pack_name' };
const organizationPackName = {
  javascript: 'organizationConformancePackName',
  python: 'organization_conformance_pack_name',
};
const name = { javascript: 'name', python: 'name' };

export const bodyProperty: Property = { javascript: 'templateBody', python: 'template_body' };

/** The classes by name. Those of the two providers of Pulumi and of CDK for Terraform have the same names. */
export const packClasses: ReadonlyMap<string, readonly PackClass[]> = new Map<string, readonly PackClass[]>([
  ['CfnConformancePack', [{ kind: 'pack', nameProperty: packName, library: 'cdk' }]],
  ['CfnOrganizationConformancePack', [{ kind: 'organization', nameProperty: organizationPackName, library: 'cdk' }]],
  [
    'ConfigConformancePack',
    [
      { kind: 'pack', nameProperty: name, library: 'cdktf' },
      { kind: 'pack', nameProperty: packName, library: 'cdktf' },
    ],
  ],
  [
    'ConfigOrganizationConformancePack',
    [
      { kind: 'organization', nameProperty: name, library: 'cdktf' },
      { kind: 'organization', nameProperty: organizationPackName, library: 'cdktf' },
    ],
  ],
  [
    'ConformancePack',
    [
      { kind: 'pack', nameProperty: name, library: 'pulumi' },
      { kind: 'pack', nameProperty: packName, library: 'native' },
    ],
  ],
  [
    'OrganizationConformancePack',
    [
      { kind: 'organization', nameProperty: name, library: 'pulumi' },
      { kind: 'organization', nameProperty: organizationPackName, library: 'native' },
    ],
  ],
]);

/** The modules of the classes of Pulumi's providers, and how programs import from them. */
export const pulumiModules = {
  pulumi: { name: 'cfg', imported: /@pulumi\/aws\/cfg|pulumi_aws\.cfg/ },
  native: { name: 'configuration', imported: /@pulumi\/aws-native\/configuration|pulumi_aws_native\.configuration/ },
} as const;
