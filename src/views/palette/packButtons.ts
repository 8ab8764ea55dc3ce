import * as vscode from 'vscode';
import type { PackRef } from '../../compliance/packRef.ts';
import { getPackUrl } from '../../compliance/text/consoleUrls.ts';
import { showInformation } from '../shared/messages.ts';
import { getPackLocation } from './packLocation.ts';
import type { Palette } from './palette.ts';

/** A button on the quick pick item of a pack. */
export interface PackButton {
  readonly icon: string;
  readonly tooltip: string;
  readonly run: () => unknown;
}

/** The buttons of a pack. Packs of other accounts can be neither revealed nor opened in the console. */
export function getPackButtons({ open, reveal }: Palette, pack: PackRef): readonly PackButton[] {
  const openButton = { icon: 'open-preview', tooltip: 'Open Pack', run: () => open(pack) };
  const copyButton = { icon: 'copy', tooltip: 'Copy Name', run: () => copyText(getPackLocation(pack).name) };
  if (!('scope' in pack)) return [openButton, copyButton];
  return [
    openButton,
    { icon: 'list-tree', tooltip: 'Reveal in the Tree', run: () => reveal(pack.connection, pack.name) },
    copyButton,
    { icon: 'link-external', tooltip: 'Open in Console', run: () => openPackInConsole(pack) },
  ];
}

export async function copyText(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
}

/** Opens a pack's page in the AWS console, or tells the user that there is none. */
export async function openPackInConsole(pack: PackRef): Promise<void> {
  const url = 'scope' in pack ? getPackUrl(pack.scope, pack.name) : undefined;
  if (url) await vscode.env.openExternal(vscode.Uri.parse(url));
  else if (pack.connection.isSample) void showInformation('Sample data has no page in the AWS console.');
  else void showInformation('Packscope can’t open the console for this pack’s account or partition.');
}
