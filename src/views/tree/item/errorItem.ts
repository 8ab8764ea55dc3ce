import type { ComplianceError } from '../../../compliance/errors.ts';
import { describeError, type ErrorAction } from '../../../compliance/text/errorMessages.ts';
import { commandIds } from '../../../manifest.ts';

/** The values of `viewItem` for errors: `error`, followed by the actions that its menu offers. All offer Retry and Show Log. */
export const errorContextValues = [
  'error',
  'error.signedOut',
  'error.signedOut.openSetting',
  'error.openFile',
  'error.openSetting',
  'error.copyPolicy',
] as const;

const contextParts: readonly (readonly [ErrorAction['kind'], string])[] = [
  ['signIn', 'signedOut'],
  ['openFile', 'openFile'],
  ['openSetting', 'openSetting'],
  ['copyPolicy', 'copyPolicy'],
];

/** The value of `viewItem` for an error. `surfaces.test.ts` checks that every kind's actions have one. */
export function getErrorContextValue(error: ComplianceError): (typeof errorContextValues)[number] {
  const kinds = new Set(describeError(error).actions.map(({ kind }) => kind));
  const value = ['error', ...contextParts.flatMap(([kind, part]) => (kinds.has(kind) ? part : []))].join('.');
  return errorContextValues.find((each) => each === value) ?? 'error';
}

/** What a click on an error opens: the place that has to be changed. */
export function getErrorCommand(
  error: ComplianceError,
): { readonly command: string; readonly arguments: unknown[] } | undefined {
  const [action] = describeError(error).actions;
  switch (action.kind) {
    case 'openFile':
      return { command: commandIds.openFile, arguments: [{ file: action.file, line: action.line }] };
    case 'openSetting':
      return { command: 'workbench.action.openSettings', arguments: [action.setting] };
    case 'selectConnections':
      return { command: commandIds.selectConnections, arguments: [] };
    default:
      return undefined;
  }
}
