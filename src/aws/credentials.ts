import type { AwsCredentialIdentityProvider } from '@smithy/types';
import type { RequestHandlerOptions } from './network.ts';

/**
 * The SDK's default chain, or the one of a named profile. The providers are loaded when the first request
 * is signed, and the AWS files are read again whenever credentials are wanted anew.
 */
export function credentialChain(
  profile: string | undefined,
  requestHandler: RequestHandlerOptions,
): AwsCredentialIdentityProvider {
  let chain: Promise<AwsCredentialIdentityProvider> | undefined;
  return async (options) => {
    chain ??= import('./providers.ts').then(({ fromNodeProviderChain }) =>
      fromNodeProviderChain({
        ignoreCache: true,
        clientConfig: { requestHandler },
        ...(profile !== undefined && { profile }),
      }),
    );
    return (await chain)(options);
  };
}
