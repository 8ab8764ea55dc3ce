import { isAbsolute } from 'node:path';
import type { ComplianceError } from '../../compliance/errors.ts';
import { describeError, type ErrorAction } from '../../compliance/text/errorMessages.ts';
import { asRecord } from '../../compliance/unknownValues.ts';
import { isTreeNode } from '../tree/model/nodes.ts';

type ActionKind = 'openFile' | 'openSetting' | 'copyPolicy';

/** The action of a kind. */
export type ActionOf<Kind extends ErrorAction['kind']> = Extract<ErrorAction, { readonly kind: Kind }>;

/** The different actions of a kind that resolve the errors. */
export function collectActions<Kind extends ActionKind>(
  kind: Kind,
  errors: readonly ComplianceError[],
): readonly ActionOf<Kind>[] {
  const isWanted = (action: ErrorAction): action is ActionOf<Kind> => action.kind === kind;
  const actions = errors.flatMap((error) => describeError(error).actions.filter(isWanted));
  return [...new Map(actions.map((action) => [JSON.stringify(action), action])).values()];
}

/** The action of an error's tree node, or the one that an argument object specifies. Throws if it is invalid. */
export function parseAction<Kind extends ActionKind>(kind: Kind, args: unknown): ActionOf<Kind> | undefined {
  if (isTreeNode(args)) return args.kind === 'error' ? collectActions(kind, [args.error])[0] : undefined;
  const action = { ...asRecord(args), kind };
  if (isAction(action, kind)) return action;
  throw new Error(expectations[kind]);
}

const expectations: Readonly<Record<ActionKind, string>> = {
  openFile: 'Specify an absolute path as “file” and a line, counted from 1, as “line”.',
  openSetting: 'Specify the full name of a setting as “setting”.',
  copyPolicy: 'Specify a list of IAM actions, such as config:DescribeConformancePackStatus, as “permissions”.',
};

function isAction<Kind extends ActionKind>(
  action: Readonly<Record<string, unknown>>,
  kind: Kind,
): action is ActionOf<Kind> {
  const { file, line, setting, permissions } = action;
  switch (kind) {
    case 'openFile':
      return typeof file === 'string' && isAbsolute(file) && Number.isSafeInteger(line) && Number(line) > 0;
    case 'openSetting':
      return typeof setting === 'string' && /^[\w.-]{1,200}$/.test(setting);
    case 'copyPolicy':
      return Array.isArray(permissions) && permissions.length > 0 && permissions.every(isPermission);
    default:
      return false;
  }
}

const isPermission = (value: unknown): boolean => typeof value === 'string' && /^[\w-]{1,64}:\w{1,128}$/.test(value);
