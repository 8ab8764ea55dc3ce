import type { AwsCredentialIdentity, Provider } from '@smithy/types';
import { ComplianceError } from '../compliance/errors.ts';
import type { Scope } from '../compliance/model.ts';
import { getPartition } from './partitions.ts';
import type { SourceSettings } from './sourceSettings.ts';
import { toScope } from './toScope.ts';
import type { RequestHandlerOptions } from './transport/network.ts';
import { requestPage } from './transport/requestPage.ts';

/** Configuration of the STS client. */
interface StsConfig {
  readonly credentials: AwsCredentialIdentity;
  readonly requestHandler: RequestHandlerOptions;
  readonly region: string;
  /** As for AWS Config. */
  readonly useFipsEndpoint: Provider<boolean>;
  readonly useDualstackEndpoint: Provider<boolean>;
  readonly endpoint?: string;
}

type RequestSettings = Pick<SourceSettings, 'log' | 'proxy'>;

const operation = 'GetCallerIdentity';

/** The user or role that credentials belong to. */
interface Caller {
  readonly arn: string;
  readonly scope: Scope;
}

/** Requests the caller of credentials from STS (GetCallerIdentity, which needs no permission). */
export async function requestCaller(
  config: StsConfig,
  settings: RequestSettings,
  abortSignal: AbortSignal,
): Promise<Caller> {
  try {
    return await sendGetCallerIdentity(config, settings, abortSignal);
  } catch (thrown) {
    if (!isRejection(thrown)) throw thrown;
    throw await explainRejection(thrown, config, settings, abortSignal);
  }
}

async function sendGetCallerIdentity(
  config: StsConfig,
  settings: RequestSettings,
  abortSignal: AbortSignal,
): Promise<Caller> {
  const { GetCallerIdentityCommand, STSClient } = await import('./credentials/providers.ts');
  const { region } = config;
  const client = new STSClient(config);
  const { items } = await requestPage(
    { operation, region },
    settings,
    () => client.send(new GetCallerIdentityCommand({}), { abortSignal }),
    ({ Arn, $metadata }) => {
      const scope = toScope(Arn, region);
      if (Arn !== undefined && scope) return [{ arn: Arn, scope }];
      // A response in HTML parses as one without members. Only AWS sends a request id.
      const kind = $metadata.requestId === undefined ? 'intermediary' : 'unreadable';
      throw new ComplianceError(kind, 'The caller identity contains no account.', { operation, service: 'sts' });
    },
  );
  const [caller] = items;
  if (!caller) throw new ComplianceError('unreadable', 'There is no caller identity.', { operation, service: 'sts' });
  return caller;
}

/**
 * Says why AWS rejects credentials. A disabled region rejects valid ones with the same error as invalid ones; a region
 * that is always enabled tells the two apart.
 */
export async function explainRejection(
  { kind, message, details }: ComplianceError,
  config: StsConfig,
  settings: RequestSettings,
  abortSignal: AbortSignal,
): Promise<ComplianceError> {
  const evidence = { ...details, hasSessionToken: config.credentials.sessionToken !== undefined };
  const credentialsRejected = new ComplianceError('credentialsRejected', message, evidence);
  const region = getPartition(config.region).defaultRegion;
  if (kind === 'credentialsRejected' || region === config.region) return credentialsRejected;
  try {
    const { scope } = await sendGetCallerIdentity({ ...config, region }, settings, abortSignal);
    return new ComplianceError('regionDisabled', message, { ...evidence, account: scope.account });
  } catch (thrown) {
    return isRejection(thrown) ? credentialsRejected : new ComplianceError(kind, message, evidence);
  }
}

/** Whether AWS rejects the credentials of a request: `explainRejection` tells why. */
export const isRejection = (thrown: unknown): thrown is ComplianceError =>
  thrown instanceof ComplianceError &&
  (thrown.kind === 'credentialsOrRegionRejected' || thrown.kind === 'credentialsRejected');
