import { partition } from '@aws-sdk/core/client';
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types';
import type { Scope } from '../compliance/model.ts';
import type { RequestLog } from '../compliance/source.ts';
import { requestPage } from './requests.ts';

/** Asks STS whose credentials these are (GetCallerIdentity, which needs no permission). */
export async function callerScope(
  config: {
    readonly credentials: AwsCredentialIdentity | AwsCredentialIdentityProvider;
    readonly region: string;
    readonly endpoint?: string;
  },
  log: RequestLog,
  abortSignal: AbortSignal,
): Promise<Scope | undefined> {
  const { GetCallerIdentityCommand, STSClient } = await import('./providers.ts');
  const { region } = config;
  const client = new STSClient(config);
  const { items } = await requestPage(
    'GetCallerIdentity',
    region,
    log,
    () => client.send(new GetCallerIdentityCommand({}), { abortSignal }),
    ({ Arn }) => [scopeOfArn(Arn, region)],
  );
  return items[0];
}

/** The scope of credentials that carry their account, as those of roles and of SSO do. */
export function scopeOfCredentials({ accountId }: AwsCredentialIdentity, region: string): Scope | undefined {
  return accountId === undefined ? undefined : { account: accountId, partition: partition(region).name, region };
}

/** The account and the partition that an ARN names, or undefined where it names none. */
export function scopeOfArn(arn: string | undefined, region: string): Scope | undefined {
  const [, partition, , , account] = arn?.split(':') ?? [];
  return partition && account ? { account, partition, region } : undefined;
}
