import type { PackReference } from '../model.ts';
import type { Block } from './blocks.ts';

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

/** Resources whose `template_body` is a CloudFormation template. */
const stackTypes: ReadonlySet<string> = new Set([
  'aws_cloudformation_stack',
  'aws_cloudformation_stack_set',
  'awscc_cloudformation_stack',
  'awscc_cloudformation_stack_set',
]);

/** The type of a block if it is a pack. */
export const getPackType = ({ type, labels: [label = ''] }: Block): PackType | undefined =>
  type === 'resource' ? packTypes.get(label) : undefined;

export const isStack = ({ type, labels: [label = ''] }: Block): boolean => type === 'resource' && stackTypes.has(label);
