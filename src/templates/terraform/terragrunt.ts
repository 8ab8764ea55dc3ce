import { Block, type Contents, groupBlocks } from './blocks.ts';

/** Replaces the inputs of a Terragrunt configuration by a call of the module that it deploys. */
export function toModuleCall({ groups, attributes }: Contents): Contents {
  const source = groups.get('terraform')?.()[0]?.attributes.get('source');
  const inputs = attributes.get('inputs');
  const values = inputs?.getExpression();
  if (source === undefined || inputs === undefined || values?.kind !== 'object') return { groups, attributes };
  const { base } = inputs;
  const args = values.entries.flatMap(({ key, value }) =>
    key?.kind === 'literal' ? [[String(key.value), { base, getExpression: () => value }] as const] : [],
  );
  const range = { start: base + values.start, end: base + values.end };
  const call = new Block('module', [], range, () => new Map([...args, ['source', source]]));
  return { groups: new Map([...groups, ...groupBlocks([call])]), attributes };
}
