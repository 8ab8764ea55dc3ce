import { formatScope } from '../../compliance/text/format.ts';
import { toOneLine } from '../../compliance/text/plainText.ts';
import { commandIds } from '../../manifest.ts';
import type { DeployedPack } from './packLookup.ts';

/** A command that a code action runs on a deployed pack. */
export interface PackAction {
  readonly title: string;
  readonly command: string;
  readonly arguments: readonly [{ readonly name: string; readonly account: string; readonly region: string }];
}

/** A hover lists all packs that match a pattern; a menu of code actions must stay short. */
const maxPacks = 3;

/** The commands for each pack: open it, reveal it in the sidebar, open it in the AWS console. */
export function getPackActions(packs: readonly DeployedPack[]): readonly PackAction[] {
  return packs.slice(0, maxPacks).flatMap(({ pack: { name }, scope: { account, region } }) => {
    const label = toOneLine(`${name} · ${formatScope({ account, region })}`);
    const args = [{ name, account, region }] as const;
    return [
      { title: `Open Pack ${label}`, command: commandIds.openPack, arguments: args },
      { title: `Find in Conformance Packs: ${label}`, command: commandIds.findPack, arguments: args },
      { title: `Open in Console: ${label}`, command: commandIds.openInConsole, arguments: args },
    ];
  });
}
