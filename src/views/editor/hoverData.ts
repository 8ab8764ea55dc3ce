import { describePack, describeRule, type HoverLine } from './hoverContent.ts';
import { getCertainPack, type PackLookup } from './packLookup.ts';
import type { LocatedReference } from './templateCache.ts';

/** How many packs' rules one hover loads where a rule template may belong to any pack. */
const maxPacksPerHover = 5;

/** Issues the requests that a hover needs and returns what is loaded so far, without waiting for responses. */
export function loadHover(lookup: PackLookup, path: string, located: LocatedReference): readonly HoverLine[] {
  const { index } = located;
  void lookup.requestPacks(index);
  if (located.kind === 'pack') {
    void lookup.requestDeployedNames(located.reference);
    const results = lookup.find(index, located.reference);
    lookup.requestRules(results.flatMap((result) => getCertainPack(result) ?? []));
    return describePack(results, Date.now());
  }
  const { reference, template } = located;
  const packs = lookup.findPacksWithTemplate(index, template);
  const candidates = lookup.findCandidatePacks(path, template);
  // Packs that are loading or were denied stay first, so repeated hovers neither flood the service nor skip ahead.
  const requested = lookup.requestRuleStates(candidates.slice(0, maxPacksPerHover));
  lookup.requestRules(packs);
  const name = reference.resolve()[0]?.text ?? '';
  return describeRule({
    name,
    packs: [...packs, ...requested],
    unchecked: candidates.length - requested.length,
    statuses: lookup.getLoadStatus(index),
  });
}
