import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { ReevaluationContext } from '../../compliance/reevaluation/evaluationStatuses.ts';
import { type Reevaluation, reevaluate } from '../../compliance/reevaluation/reevaluate.ts';
import type {
  ConfirmedEvaluation,
  EvaluationRequest,
  OpenRuleEvaluator,
  RuleEvaluator,
} from '../../compliance/reevaluation/ruleEvaluator.ts';
import type { Connection } from '../../compliance/source.ts';
import { describeError, mergeActions } from '../../compliance/text/errorMessages.ts';
import { formatReevaluation } from '../../compliance/text/reevaluationText.ts';
import { getSettingId } from '../../manifest.ts';
import type { PackCommandContext } from '../palette/packCommandContext.ts';
import { getActionCommand } from '../shared/errorActions.ts';
import { runWithProgress, showInformation, showWarning } from '../shared/messages.ts';
import { runErrorAction } from '../shared/runErrorAction.ts';
import { isSampleShown } from '../shared/sampleMode.ts';
import { settings } from '../shared/settings.ts';
import { type ChosenRules, chooseRules } from './chooseRules.ts';
import { type ReevaluationResult, toReevaluationResult } from './commandResults.ts';
import { confirmEvaluation } from './confirmEvaluation.ts';

export interface ReevaluateDependencies {
  readonly commandContext: PackCommandContext;
  /** Opens the only way to change something in AWS. Nothing else gets it. */
  readonly openEvaluator: OpenRuleEvaluator;
  /** Resolves after `milliseconds`, or rejects once the signal is aborted. */
  readonly pause?: ReevaluationContext['pause'];
}

/**
 * Evaluates rules again, after a confirmation, and shows what has changed. Returns the outcome; undefined if the user
 * cancels. Rejects where actions are not allowed.
 */
export async function reevaluateCommand(
  dependencies: ReevaluateDependencies,
  args: unknown,
): Promise<ReevaluationResult | undefined> {
  const refusal = getRefusal();
  if (refusal !== undefined && args === undefined) {
    void offerSetting(refusal);
    return undefined;
  }
  if (refusal !== undefined) throw new Error(refusal);
  const chosen = await chooseRules(dependencies.commandContext, args);
  if (!chosen) return undefined;
  const key = JSON.stringify([chosen.pack.scope, chosen.pack.name, chosen.rules]);
  const running = runningCommands.get(key) ?? confirmAndRun(dependencies, chosen);
  runningCommands.set(key, running);
  return running.finally(() => runningCommands.delete(key));
}

/** The commands that have not ended, by what they evaluate: a second click joins the first. */
const runningCommands = new Map<string, Promise<ReevaluationResult | undefined>>();

async function confirmAndRun(
  dependencies: ReevaluateDependencies,
  { pack: { connection, scope, name }, rules }: ChosenRules,
): Promise<ReevaluationResult | undefined> {
  const request: EvaluationRequest = { scope, pack: name, rules };
  const confirmed = await confirmEvaluation(request, connection);
  // The setting may have changed while the dialog was open.
  if (!confirmed || getRefusal() !== undefined) return undefined;
  const outcome = await run(confirmed, connection, dependencies);
  void showOutcome(request, outcome, connection);
  return toReevaluationResult(request, outcome);
}

/** Why actions are not allowed; undefined if they are. */
function getRefusal(): string | undefined {
  // The sample's connection has no profile: a request would go to the account of the default credentials.
  if (isSampleShown()) return 'Sample data is not evaluated. Leave it to evaluate the rules of your own packs.';
  if (!vscode.workspace.isTrusted) return 'This workspace is not trusted: Packscope changes nothing in AWS from it.';
  if (settings.allowActions()) return undefined;
  return `Packscope changes nothing in AWS unless the setting ${getSettingId('allowActions')} is on in your user settings.`;
}

async function offerSetting(refusal: string): Promise<void> {
  const open = 'Open Setting';
  const isSettingMissing = vscode.workspace.isTrusted && !isSampleShown();
  if ((await showWarning(refusal, ...(isSettingMissing ? [open] : []))) !== open) return;
  await runErrorAction({ kind: 'openSetting', setting: getSettingId('allowActions') }, {});
}

async function run(
  confirmed: ConfirmedEvaluation,
  connection: Connection,
  { commandContext, openEvaluator, pause = waitUnlessAborted }: ReevaluateDependencies,
): Promise<Reevaluation> {
  const store = commandContext.estate.getStore(connection);
  let opened: Promise<RuleEvaluator> | undefined;
  const evaluator: RuleEvaluator = {
    // A failure to open it belongs to the outcome, as one of the request.
    start: async (...request) => {
      opened ??= openEvaluator(connection);
      return (await opened).start(...request);
    },
  };
  return runWithProgress(`Re-evaluating ${confirmed.pack}`, (signal, report) =>
    reevaluate(confirmed, evaluator, { store, signal, pause, report }),
  );
}

const waitUnlessAborted = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  setTimeout(milliseconds, undefined, { signal });

/** Shows the outcome. Errors offer their actions, except Retry, which needs a confirmation again. */
async function showOutcome(request: EvaluationRequest, outcome: Reevaluation, connection: Connection): Promise<void> {
  const text = formatReevaluation(request, outcome, Date.now());
  const errors = [outcome.waitError, ...outcome.unconfirmed.map(({ error }) => error)].filter(
    (error) => error !== undefined,
  );
  const actions = mergeActions(errors.map((error) => describeError(error, connection))).filter(
    ({ kind }) => kind !== 'retry',
  );
  const buttons = actions.map((action) => ({ action, title: getActionCommand(action, connection).title }));
  const show = errors.length > 0 || outcome.failed.length > 0 ? showWarning : showInformation;
  const choice = await show(text, ...buttons.map(({ title }) => title));
  const chosen = buttons.find(({ title }) => title === choice);
  if (chosen) await runErrorAction(chosen.action, connection);
}
