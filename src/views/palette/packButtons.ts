import { isAggregated, type PackRef } from '../../compliance/packRef.ts';
import { copyText } from '../shared/clipboard.ts';
import { openPackInConsole } from './openInConsole.ts';
import type { PackCommandContext } from './packCommandContext.ts';
import { getPackLocation } from './packLocation.ts';

/** A button on the quick pick item of a pack. */
export interface PackButton {
  readonly icon: string;
  readonly tooltip: string;
  readonly run: () => unknown;
}

/** The buttons of a pack. The tree shows only packs of the connections' own accounts by name. */
export function getPackButtons(commandContext: PackCommandContext, pack: PackRef): readonly PackButton[] {
  const { open, reveal } = commandContext;
  return [
    { icon: 'open-preview', tooltip: 'Open Pack', run: () => open(pack) },
    ...(isAggregated(pack)
      ? []
      : [{ icon: 'list-tree', tooltip: 'Reveal in Tree', run: () => reveal(pack.connection, pack.name) }]),
    { icon: 'copy', tooltip: 'Copy Name', run: () => copyText(getPackLocation(pack).name) },
    { icon: 'link-external', tooltip: 'Open in Console', run: () => openPackInConsole(commandContext, pack) },
  ];
}
