import type { ConfirmedEvaluation, EvaluationRequest } from '../../compliance/reevaluation/ruleEvaluator.ts';
import { type Connection, formatConnection } from '../../compliance/source.ts';
import { formatConfirmation } from '../../compliance/text/reevaluationText.ts';
import { confirm } from '../shared/messages.ts';
import { settings } from '../shared/settings.ts';

/** Asks in a dialog that names rules, account and region; undefined if the user cancels. Nothing can skip the dialog. */
export async function confirmEvaluation(
  request: EvaluationRequest,
  connection: Connection,
): Promise<ConfirmedEvaluation | undefined> {
  const accountName = settings.accountNames().get(request.scope.account);
  const { text, detail, button } = formatConfirmation(request, formatConnection(connection), accountName);
  return (await confirm(text, detail, button)) === button ? (request as ConfirmedEvaluation) : undefined;
}
