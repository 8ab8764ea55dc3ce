import { partition } from '@aws-sdk/core/client';
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types';
import { ComplianceError } from '../compliance/errors.ts';
import type { Scope } from '../compliance/model.ts';
import { scopeOfArn } from './convert.ts';
import type { RequestHandlerOptions } from './transport/network.ts';
import { type RequestOptions, requestPage } from './transport/requestPage.ts';

/** How STS is asked. */
interface CallerConfig {
  readonly credentials: AwsCredentialIdentity | AwsCredentialIdentityProvider;
  readonly requestHandler: RequestHandlerOptions;
  readonly region: string;
  readonly endpoint?: string;
}

/** Asks STS whose credentials these are (GetCallerIdentity, which needs no permission). */
export async function callerScope(
  config: CallerConfig,
  options: RequestOptions,
  abortSignal: AbortSignal,
): Promise<Scope | undefined> {
  const { region } = config;
  try {
    return await askCaller(config, options, abortSignal);
  } catch (thrown) {
    // A region that is off refuses good credentials in the words it has for bad ones: one that is always on tells them apart.
    if (!isRefusal(thrown)) throw thrown;
    const home = homeRegion(region);
    const elsewhere =
      home === region ? thrown : await askCaller({ ...config, region: home }, options, abortSignal).catch((it) => it);
    const { details, message } = thrown;
    if (isRefusal(elsewhere)) throw new ComplianceError('keysRefused', message, details);
    const account = elsewhere instanceof Error ? undefined : elsewhere?.account;
    throw account === undefined ? thrown : new ComplianceError('regionOff', message, { ...details, account });
  }
}

async function askCaller(
  config: CallerConfig,
  options: RequestOptions,
  abortSignal: AbortSignal,
): Promise<Scope | undefined> {
  const { GetCallerIdentityCommand, STSClient } = await import('./credentials/providers.ts');
  const { region } = config;
  const client = new STSClient(config);
  const { items } = await requestPage(
    'GetCallerIdentity',
    { region },
    options,
    () => client.send(new GetCallerIdentityCommand({}), { abortSignal }),
    ({ Arn }) => [scopeOfArn(Arn, region)],
  );
  return items[0];
}

/** The scope of credentials that carry their account, as those of roles and of SSO do. */
export function scopeOfCredentials({ accountId }: AwsCredentialIdentity, region: string): Scope | undefined {
  return accountId === undefined ? undefined : { account: accountId, partition: partition(region).name, region };
}

const isRefusal = (thrown: unknown): thrown is ComplianceError =>
  thrown instanceof ComplianceError && thrown.kind === 'regionOff';

/** The regions that no account can turn off, by what the names of their partition's regions begin with. */
const homeRegions = [
  ['cn-', 'cn-north-1'],
  ['us-gov-', 'us-gov-west-1'],
  ['us-iso-', 'us-iso-east-1'],
  ['us-isob-', 'us-isob-east-1'],
  ['eusc-', 'eusc-de-east-1'],
] as const;

const homeRegion = (region: string): string =>
  homeRegions.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'us-east-1';
