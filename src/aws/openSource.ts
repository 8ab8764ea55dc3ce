import type { OpenRuleEvaluator } from '../compliance/reevaluation/ruleEvaluator.ts';
import type { OpenSource } from '../compliance/source.ts';
import { LazyProfileCredentials } from './credentials/lazyProfileCredentials.ts';
import type { SourceSettings } from './sourceSettings.ts';
import { RateLimiter } from './transport/rateLimiter.ts';

/** Opens connections with shared rate limits and credentials. The first call of either loads the SDK. */
export interface AwsAccess {
  readonly openSource: OpenSource;
  readonly openRuleEvaluator: OpenRuleEvaluator;
}

/** Creates functions that share rate limits and credentials. */
export function createAwsAccess(settings: SourceSettings): AwsAccess {
  const rateLimiter = new RateLimiter(settings.requestsPerSecond);
  const profileCredentials = new LazyProfileCredentials(settings.mfa);
  const shared = { settings, rateLimiter, profileCredentials };
  return {
    openSource: async (connection) =>
      (await import('./configServiceSource.ts')).ConfigServiceSource.open(connection, shared),
    openRuleEvaluator: async (connection) =>
      (await import('./configRuleEvaluator.ts')).ConfigRuleEvaluator.open(connection, shared),
  };
}
