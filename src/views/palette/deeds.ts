import * as vscode from 'vscode';
import { packUrl } from '../../compliance/console.ts';
import type { Deed } from './items.ts';
import type { Palette } from './palette.ts';
import { placeAndName, type Target } from './target.ts';

const isOwn = (target: Target): boolean => 'scope' in target;

/** What a line's buttons do with its pack. */
export const deedsOf = ({ open, reveal }: Palette): readonly Deed[] => [
  { icon: 'open-preview', tooltip: 'Open Pack', fits: () => true, run: open },
  {
    icon: 'list-tree',
    tooltip: 'Reveal in the Tree',
    fits: isOwn,
    run: (target) => 'scope' in target && reveal(target.connection, target.name),
  },
  { icon: 'copy', tooltip: 'Copy Name', fits: () => true, run: (target) => copy(placeAndName(target).name) },
  { icon: 'link-external', tooltip: 'Open in Console', fits: isOwn, run: showInConsole },
];

export async function copy(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
}

/** Opens a pack's page in the AWS console; says so where there is none. */
export async function showInConsole(target: Target): Promise<void> {
  const url = 'scope' in target ? packUrl(target.scope, target.name) : undefined;
  if (url) await vscode.env.openExternal(vscode.Uri.parse(url));
  else
    void vscode.window.showInformationMessage(
      'This pack is in an account or a partition whose console cannot be opened from here.',
    );
}
