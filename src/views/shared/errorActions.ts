import type { Connection } from '../../compliance/source.ts';
import type { ErrorAction } from '../../compliance/text/errorMessages.ts';
import { commandIds } from '../../manifest.ts';

/** A command with its label on buttons and links. */
export interface ActionCommand {
  readonly title: string;
  readonly command: string;
  readonly args: readonly unknown[];
}

/** The command of an action on an error of a connection. Retry reads everything again; views with a list retry only that. */
export function getActionCommand(action: ErrorAction, connection?: Connection): ActionCommand {
  switch (action.kind) {
    case 'signIn':
      return { title: 'Sign In', command: commandIds.signIn, args: connection ? [connection] : [] };
    case 'openFile':
      return {
        title: 'Open File at Line',
        command: commandIds.openFile,
        args: [{ file: action.file, line: action.line }],
      };
    case 'openSetting':
      return { title: 'Open Setting', command: commandIds.openSetting, args: [{ setting: action.setting }] };
    case 'copyPolicy':
      return { title: 'Copy Policy', command: commandIds.copyPolicy, args: [{ permissions: action.permissions }] };
    case 'selectConnections':
      return { title: 'Select Profile and Region', command: commandIds.selectConnections, args: [] };
    case 'exploreSampleData':
      return { title: 'Explore Sample Data', command: commandIds.exploreSampleData, args: [] };
    case 'retry':
      return { title: 'Retry', command: commandIds.refreshAll, args: [] };
    case 'showLog':
      return { title: 'Show Log', command: commandIds.showLog, args: [] };
  }
}

/** Formats a command link for Markdown. `title` is Markdown. */
export function formatCommandLink({ title, command, args }: ActionCommand): string {
  const query = encodeURIComponent(JSON.stringify(args)).replaceAll('(', '%28').replaceAll(')', '%29');
  return `[${title}](command:${command}${args.length > 0 ? `?${query}` : ''})`;
}
