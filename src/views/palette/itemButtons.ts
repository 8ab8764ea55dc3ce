import * as vscode from 'vscode';
import type { ReadFailure } from '../../compliance/queries/readFailures.ts';
import type { Connection } from '../../compliance/source.ts';
import { describeError, type ErrorAction } from '../../compliance/text/errorMessages.ts';
import { getActionCommand } from '../shared/errorActions.ts';

/** A button of a picker's item. */
export interface Button extends vscode.QuickInputButton {
  readonly run: () => unknown;
}

export const toButton = ({ icon, tooltip, run }: { icon: string; tooltip: string; run: () => unknown }): Button => ({
  iconPath: new vscode.ThemeIcon(icon),
  tooltip,
  run,
});

/** The actions of a failure as buttons of its item. */
export const createFailureButtons = (
  { connection, error }: ReadFailure,
  runAction: (action: ErrorAction, connection: Connection) => void,
): readonly Button[] =>
  describeError(error).actions.map((action) =>
    toButton({
      icon: actionIcons[action.kind],
      tooltip: getActionCommand(action).title,
      run: () => runAction(action, connection),
    }),
  );

const actionIcons: Readonly<Record<ErrorAction['kind'], string>> = {
  signIn: 'sign-in',
  openFile: 'go-to-file',
  openSetting: 'settings-gear',
  copyPolicy: 'copy',
  selectConnections: 'account',
  exploreSampleData: 'beaker',
  retry: 'refresh',
  showLog: 'output',
};
