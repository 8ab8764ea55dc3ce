import type { PackReference, ResolvedName } from './model.ts';
import { matchesParts } from './openText.ts';

/** The name of an organization's pack in the accounts that it is deployed to. */
const organizationName = /^OrgConformsPack-(.+)-[A-Za-z0-9]{8}$/;

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
