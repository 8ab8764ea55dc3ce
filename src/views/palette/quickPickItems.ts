import * as vscode from 'vscode';
import { isSignedOut } from '../../compliance/errors.ts';
import type { PackRef } from '../../compliance/packRef.ts';
import type { ReadFailure } from '../../compliance/queries/lookup.ts';
import type { Line } from './line.ts';

/** What can be done with a pack beside picking it. */
export interface PackButton {
  readonly icon: string;
  readonly tooltip: string;
  readonly isFor: (target: PackRef) => boolean;
  readonly run: (target: PackRef) => unknown;
}

/** What can be done about something that could not be read. */
export interface Remedies {
  readonly signIn: (failure: ReadFailure) => unknown;
  readonly retry: () => unknown;
}

export interface Button extends vscode.QuickInputButton {
  readonly run: () => unknown;
}

export interface Item extends vscode.QuickPickItem {
  readonly line: Line;
  readonly buttons: readonly Button[];
}

/** A line as VS Code shows it. Text of the service is data: it names no icon. */
export function itemOf(line: Line, deeds: readonly PackButton[], remedies: Remedies): Item {
  const { label, description, detail, icon, pick } = line;
  const color = icon.color === undefined ? undefined : new vscode.ThemeColor(icon.color);
  return {
    line,
    label: plain(label),
    ...(description !== undefined && { description: plain(description) }),
    ...(detail !== undefined && { detail: plain(detail) }),
    iconPath: new vscode.ThemeIcon(icon.codicon, color),
    alwaysShow: pick.kind !== 'pack' && pick.kind !== 'aggregator',
    buttons: buttonsOf(line, deeds, remedies),
  };
}

function buttonsOf({ pick }: Line, deeds: readonly PackButton[], { signIn, retry }: Remedies): readonly Button[] {
  switch (pick.kind) {
    case 'pack':
      return deeds
        .filter(({ isFor }) => isFor(pick.pack))
        .map(({ icon, tooltip, run }) => button(icon, tooltip, () => run(pick.pack)));
    case 'problem': {
      const again = button('refresh', 'Retry', retry);
      return isSignedOut(pick.failure.error)
        ? [button('sign-in', 'Sign In', () => signIn(pick.failure)), again]
        : [again];
    }
    default:
      return [];
  }
}

const button = (icon: string, tooltip: string, run: () => unknown): Button => ({
  iconPath: new vscode.ThemeIcon(icon),
  tooltip,
  run,
});

const plain = (text: string): string => text.replaceAll('$(', '\\$(');
