import { isAggregated, type PackRef } from '../../compliance/packRef.ts';
import { getPackLocation } from './packLocation.ts';

/** Identifies a resource. */
export interface ResourceRef {
  readonly type: string;
  readonly id: string;
}

/** A pack or some of its rules, with failing resources. */
export interface PackPart {
  readonly pack: PackRef;
  /** Whether all rules of the pack are part of it, or only those of `resources`. */
  readonly hasAllRules: boolean;
  /** Names of rules, each with some of its failing resources, or undefined for all of them. */
  readonly resources: ReadonlyMap<string, readonly ResourceRef[] | undefined>;
}

/** Joins parts of the same pack, so that each pack is one part in the order of the first. */
export function mergePackParts(parts: readonly PackPart[]): readonly PackPart[] {
  const merged = new Map<string, PackPart>();
  for (const part of parts) {
    const { pack } = part;
    const key = JSON.stringify([getPackLocation(pack), isAggregated(pack) && pack.aggregator]);
    const { hasAllRules, resources } = merged.get(key) ?? { hasAllRules: false, resources: new Map() };
    merged.set(key, {
      pack,
      hasAllRules: hasAllRules || part.hasAllRules,
      resources: mergeResources(resources, part.resources),
    });
  }
  return [...merged.values()];
}

function mergeResources(a: PackPart['resources'], b: PackPart['resources']): PackPart['resources'] {
  const merged = new Map(a);
  for (const [rule, resources] of b) {
    const earlier = merged.get(rule);
    const areSome = earlier && resources;
    merged.set(rule, merged.has(rule) ? areSome && [...earlier, ...resources] : resources);
  }
  return merged;
}
