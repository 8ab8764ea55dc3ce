import type { PackReference } from '../model.ts';

/** Resource types of packs. Their name is in `name`. */
export const packTypes: ReadonlyMap<string, PackReference['kind']> = new Map([
  ['aws_config_conformance_pack', 'pack'],
  ['aws_config_organization_conformance_pack', 'organization'],
]);
