import { ComplianceError } from '../../compliance/errors.ts';
import { ReadFailuresError } from '../../compliance/queries/readFailures.ts';
import type { Connection } from '../../compliance/source.ts';
import { describeError, type ErrorAction, mergeActions } from '../../compliance/text/errorMessages.ts';
import { toMessage } from '../../compliance/text/plainText.ts';
import { hasKind } from '../../compliance/unknownValues.ts';
import { getActionCommand } from './errorActions.ts';
import { showError } from './messages.ts';
import { runErrorAction } from './runErrorAction.ts';

/** The error of a command. VS Code shows its message as plain text. */
const toCommandError = (thrown: unknown): Error =>
  new Error(toMessage(thrown instanceof Error ? thrown.message : String(thrown)), { cause: thrown });

/**
 * Ends a command that failed. A person, who runs it without an argument object or on a tree node, sees a message with the actions that
 * resolve the error. For other callers it throws.
 */
export function endFailedCommand(thrown: unknown, args: unknown): undefined {
  const error = toCommandError(thrown);
  if (args !== undefined && args !== null && !hasKind(args)) throw error;
  void offerActions(error.message, findCauses(thrown));
  return undefined;
}

interface LocatedError {
  readonly error: ComplianceError;
  readonly connection?: Connection;
}

/** What AWS, the configuration or the network caused, if that is why a command failed. */
function findCauses(thrown: unknown): readonly LocatedError[] {
  if (thrown instanceof ComplianceError) return [{ error: thrown }];
  if (thrown instanceof ReadFailuresError) return thrown.failures;
  return thrown instanceof Error && thrown.cause !== undefined ? findCauses(thrown.cause) : [];
}

async function offerActions(text: string, errors: readonly LocatedError[]): Promise<void> {
  const actions: readonly ErrorAction[] =
    errors.length === 0
      ? [{ kind: 'showLog' }]
      : mergeActions(errors.map(({ error, connection }) => describeError(error, connection)));
  const getTitle = (action: ErrorAction) => getActionCommand(action).title;
  const choice = await showError(text, ...actions.map(getTitle));
  const action = actions.find((each) => getTitle(each) === choice);
  if (action) await runErrorAction(action, errors[0]?.connection);
}
