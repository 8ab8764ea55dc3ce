import { StartConfigRulesEvaluationCommand } from '@aws-sdk/client-config-service';
import { ComplianceError } from '../compliance/errors.ts';
import { isSameScope } from '../compliance/model.ts';
import type { ConfirmedEvaluation, RuleEvaluator } from '../compliance/reevaluation/ruleEvaluator.ts';
import type { Connection } from '../compliance/source.ts';
import { ConfigClient, type SharedResources } from './configClient.ts';
import { ConfigServiceSource } from './configServiceSource.ts';

const operation = 'StartConfigRulesEvaluation';

/** Starts evaluations through one connection. Loaded on first use. */
export class ConfigRuleEvaluator implements RuleEvaluator {
  readonly #client: ConfigClient;
  readonly #source: ConfigServiceSource;

  private constructor(client: ConfigClient, pageSize: () => number) {
    this.#client = client;
    this.#source = new ConfigServiceSource(client, pageSize);
  }

  /** Opens a client of its own, which never sends a request again. */
  static async open(connection: Connection, shared: SharedResources): Promise<ConfigRuleEvaluator> {
    const client = await ConfigClient.open(connection, shared, { maxAttempts: 1 });
    return new ConfigRuleEvaluator(client, shared.settings.pageSize);
  }

  async start({ scope }: ConfirmedEvaluation, rules: readonly string[]): Promise<void> {
    const { signal } = new AbortController();
    if (!isSameScope(await this.#source.getScope(signal), scope))
      throw new ComplianceError('accountChanged', 'The credentials belong to another account than the confirmed one.');
    const command = new StartConfigRulesEvaluationCommand({ ConfigRuleNames: [...rules] });
    await this.#client.fetchPage<object, never>(
      operation,
      (client, options) => client.send(command, options),
      requireAws,
      signal,
    );
  }
}

/** Only AWS sends a request id: anything else that answers has started nothing. */
function requireAws({ $metadata }: { readonly $metadata?: { readonly requestId?: string } }): [] {
  if ($metadata?.requestId === undefined)
    throw new ComplianceError('intermediary', 'The response has no request ID.', { operation });
  return [];
}
