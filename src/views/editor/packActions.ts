import { commandIds } from '../../manifest.ts';
import type { Deployed } from './deployments.ts';

/** Something that a person can do about a deployed pack, from where its name stands in a template. */
export interface PackAction {
  readonly title: string;
  readonly command: string;
  readonly arguments: readonly [{ readonly name: string; readonly account: string; readonly region: string }];
}

/** Packs of one name that are offered: where a pattern means more, the hover lists them. */
const mostPacks = 3;

/** What can be done about the packs that a name means: go to each, find it among the others, open its console. */
export function packActions(deployed: readonly Deployed[]): readonly PackAction[] {
  return deployed.slice(0, mostPacks).flatMap(({ pack: { name }, scope: { account, region } }) => {
    const place = `${name} · ${account} · ${region}`;
    const args = [{ name, account, region }] as const;
    return [
      { title: `Open Pack ${place}`, command: commandIds.openPack, arguments: args },
      { title: `Find in Conformance Packs: ${place}`, command: commandIds.findPack, arguments: args },
      { title: `Open in Console: ${place}`, command: commandIds.openInConsole, arguments: args },
    ];
  });
}
