import type { PackReference, DeploymentScope, ResolvedName } from './model.ts';

/** How an organization pack's name reads in the accounts it is deployed to. */
const organizationName = /^OrgConformsPack-(.+)-[A-Za-z0-9]{8}$/;

/** The deployed packs a reference may mean: all of them, never one that is guessed. */
export function findDeployedPacks(
  reference: Pick<PackReference, 'kind' | 'resolve'>,
  deployed: Iterable<string>,
  place?: DeploymentScope,
): readonly string[] {
  const tests = reference.resolve(place).map((name) => createNameMatcher(name, reference.kind));
  return [...deployed].filter((name) => tests.some((test) => test(name)));
}

/** Tells whether a deployed pack's name is what a name in a template comes to. */
export function createNameMatcher({ kind, text }: ResolvedName, pack: PackReference['kind']): (deployed: string) => boolean {
  // Nothing is known: that matches nothing rather than everything.
  if (kind === 'open') return () => false;
  const parts = text.split('*');
  return (deployed) => {
    const name = pack === 'pack' ? deployed : organizationName.exec(deployed)?.[1];
    return name !== undefined && matchesParts(parts, name);
  };
}

/** Do the parts stand in a name in this order, the first at its start and the last at its end? */
function matchesParts([first = '', ...others]: readonly string[], name: string): boolean {
  const last = others.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const part of others) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}
