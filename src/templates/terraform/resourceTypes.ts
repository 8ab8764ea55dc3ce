import type { PackReference } from '../model.ts';
import type { Block, Configuration } from './blocks.ts';

export interface PackType {
  readonly kind: PackReference['kind'];
  /** The attribute that contains the name. */
  readonly nameAttribute: string;
}

/** Resource types of packs. */
export const packTypes: ReadonlyMap<string, PackType> = new Map([
  ['aws_config_conformance_pack', { kind: 'pack', nameAttribute: 'name' }],
  ['aws_config_organization_conformance_pack', { kind: 'organization', nameAttribute: 'name' }],
  ['awscc_config_conformance_pack', { kind: 'pack', nameAttribute: 'conformance_pack_name' }],
  [
    'awscc_config_organization_conformance_pack',
    { kind: 'organization', nameAttribute: 'organization_conformance_pack_name' },
  ],
]);

/** Resources with a CloudFormation template as `template_body`. */
const stackTypes: ReadonlySet<string> = new Set([
  'aws_cloudformation_stack',
  'aws_cloudformation_stack_set',
  'awscc_cloudformation_stack',
  'awscc_cloudformation_stack_set',
]);

/** The packs of a file in their order. */
export const findPacks = (file: Configuration): readonly Block[] => findResources(file, packTypes.keys());

/** The stacks of a file in their order. */
export const findStacks = (file: Configuration): readonly Block[] => findResources(file, stackTypes);

const findResources = (file: Configuration, types: Iterable<string>): readonly Block[] =>
  [...types].flatMap((type) => file.getBlocks('resource', type)).sort((a, b) => a.start - b.start);

/** The type of a block if it is a pack. */
export const getPackType = ({ type, labels: [label = ''] }: Block): PackType | undefined =>
  type === 'resource' ? packTypes.get(label) : undefined;
