import type { ComplianceError } from '../../compliance/errors.ts';
import type { Connection } from '../../compliance/source.ts';
import { describeError, type ErrorAction } from '../../compliance/text/errorMessages.ts';
import { runErrorAction } from '../shared/runErrorAction.ts';

/** The button of a problem in a webview: the problem's title, the kind of its action, and the errors that are shown. */
interface ProblemButton {
  readonly problem: string;
  readonly action: string;
  readonly errors: readonly ComplianceError[];
  readonly connection: Connection;
}

/** Runs the action of a problem's button. If it is Retry, or the problem no longer exists, calls `retry`. */
export async function resolveProblem(button: ProblemButton, retry: () => void | Promise<void>): Promise<void> {
  const action = findAction(button);
  if (action === undefined || action.kind === 'retry') return retry();
  return runErrorAction(action, button.connection);
}

function findAction({ problem, action, errors }: ProblemButton): ErrorAction | undefined {
  const descriptions = errors.map((error) => describeError(error)).filter(({ title }) => title === problem);
  return descriptions.flatMap(({ actions }) => actions).find(({ kind }) => kind === action);
}
