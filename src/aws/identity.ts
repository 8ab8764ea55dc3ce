import type { AwsCredentialIdentity } from '@smithy/types';
import { ComplianceError } from '../compliance/errors.ts';
import type { Scope } from '../compliance/model.ts';
import { toScope } from './convert.ts';
import type { SourceSettings } from './sourceSettings.ts';
import type { RequestHandlerOptions } from './transport/network.ts';
import { requestPage } from './transport/requestPage.ts';

/** Configuration of the STS client. */
interface StsConfig {
  readonly credentials: AwsCredentialIdentity;
  readonly requestHandler: RequestHandlerOptions;
  readonly region: string;
  readonly endpoint?: string;
}

type RequestSettings = Pick<SourceSettings, 'log' | 'proxy'>;

const operation = 'GetCallerIdentity';

/** Requests the scope of credentials from STS (GetCallerIdentity, which needs no permission). */
export async function requestCallerScope(
  config: StsConfig,
  settings: RequestSettings,
  abortSignal: AbortSignal,
): Promise<Scope> {
  try {
    return await sendGetCallerIdentity(config, settings, abortSignal);
  } catch (thrown) {
    if (!isAmbiguousRejection(thrown)) throw thrown;
    throw await resolveRejection(thrown, config, settings, abortSignal);
  }
}

async function sendGetCallerIdentity(
  config: StsConfig,
  settings: RequestSettings,
  abortSignal: AbortSignal,
): Promise<Scope> {
  const { GetCallerIdentityCommand, STSClient } = await import('./credentials/providers.ts');
  const { region } = config;
  const client = new STSClient(config);
  const { items } = await requestPage(
    { operation, region },
    settings,
    () => client.send(new GetCallerIdentityCommand({}), { abortSignal }),
    ({ Arn }) => [toScope(Arn, region)],
  );
  const [scope] = items;
  if (!scope) throw new ComplianceError('unknown', 'The caller identity contains no account.', { operation });
  return scope;
}

/**
 * A disabled region rejects valid credentials with the same error as invalid ones. A region that is always enabled
 * tells the two apart.
 */
async function resolveRejection(
  rejection: ComplianceError,
  config: StsConfig,
  settings: RequestSettings,
  abortSignal: AbortSignal,
): Promise<ComplianceError> {
  const { details, message } = rejection;
  const credentialsRejected = new ComplianceError('credentialsRejected', message, details);
  const region = getDefaultRegion(config.region);
  if (region === config.region) return credentialsRejected;
  try {
    const { account } = await sendGetCallerIdentity({ ...config, region }, settings, abortSignal);
    return new ComplianceError('regionDisabled', message, { ...details, account });
  } catch (thrown) {
    return isAmbiguousRejection(thrown) ? credentialsRejected : rejection;
  }
}

const isAmbiguousRejection = (thrown: unknown): thrown is ComplianceError =>
  thrown instanceof ComplianceError && thrown.kind === 'credentialsOrRegionRejected';

/** Regions that no account can disable, by the prefix of their partition's regions. */
const defaultRegions = [
  ['cn-', 'cn-north-1'],
  ['us-gov-', 'us-gov-west-1'],
  ['us-iso-', 'us-iso-east-1'],
  ['us-isob-', 'us-isob-east-1'],
  ['eusc-', 'eusc-de-east-1'],
] as const;

const getDefaultRegion = (region: string): string =>
  defaultRegions.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'us-east-1';
