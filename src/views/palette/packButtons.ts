import * as vscode from 'vscode';
import type { PackRef } from '../../compliance/packRef.ts';
import { packUrl } from '../../compliance/text/consoleUrls.ts';
import { placeAndName } from './packRefs.ts';
import type { Palette } from './palette.ts';
import type { PackButton } from './quickPickItems.ts';

const isOwn = (target: PackRef): boolean => 'scope' in target;

/** What a line's buttons do with its pack. */
export const packButtons = ({ open, reveal }: Palette): readonly PackButton[] => [
  { icon: 'open-preview', tooltip: 'Open Pack', isFor: () => true, run: open },
  {
    icon: 'list-tree',
    tooltip: 'Reveal in the Tree',
    isFor: isOwn,
    run: (target) => 'scope' in target && reveal(target.connection, target.name),
  },
  { icon: 'copy', tooltip: 'Copy Name', isFor: () => true, run: (target) => copy(placeAndName(target).name) },
  { icon: 'link-external', tooltip: 'Open in Console', isFor: isOwn, run: showInConsole },
];

export async function copy(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
}

/** Opens a pack's page in the AWS console; says so where there is none. */
export async function showInConsole(target: PackRef): Promise<void> {
  const url = 'scope' in target ? packUrl(target.scope, target.name) : undefined;
  if (url) await vscode.env.openExternal(vscode.Uri.parse(url));
  else
    void vscode.window.showInformationMessage(
      'This pack is in an account or a partition whose console cannot be opened from here.',
    );
}
