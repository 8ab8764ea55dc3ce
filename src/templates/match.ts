import type { DeploymentScope, PackReference, ResolvedName } from './model.ts';

/** The name of an organization's pack in the accounts that it is deployed to. */
const organizationName = /^OrgConformsPack-(.+)-[A-Za-z0-9]{8}$/;

/** All deployed packs that a reference may refer to. */
export function findDeployedPacks(
  reference: Pick<PackReference, 'kind' | 'resolve'>,
  deployed: Iterable<string>,
  deploymentScope?: DeploymentScope,
): readonly string[] {
  const tests = reference.resolve(deploymentScope).map((name) => createNameMatcher(name, reference.kind));
  return [...deployed].filter((name) => tests.some((test) => test(name)));
}

/** Creates a function that tests whether a deployed pack's name matches a name in a template. */
export function createNameMatcher(
  { kind, text }: ResolvedName,
  pack: PackReference['kind'],
): (deployed: string) => boolean {
  // An unknown name matches nothing rather than everything.
  if (kind === 'open') return () => false;
  const parts = text.split('*');
  return (deployed) => {
    const name = pack === 'pack' ? deployed : organizationName.exec(deployed)?.[1];
    return name !== undefined && matchesParts(parts, name);
  };
}

/** Whether a name contains the parts in this order, the first at its start and the last at its end. */
function matchesParts([first = '', ...others]: readonly string[], name: string): boolean {
  const last = others.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const part of others) {
    const index = name.indexOf(part, at);
    if (index < 0) return false;
    at = index + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}
