import type { AwsCredentialIdentity } from '@smithy/types';
import { registerSecret } from '../../compliance/redaction.ts';
import type { MfaPrompt, ProfileCredentials, ProviderOptions } from './profileCredentials.ts';

/** Where all connections have their credentials from. */
export interface CredentialSource {
  /** Those of a named profile, or of the default chain. */
  get(profile: string | undefined, options: ProviderOptions): Promise<AwsCredentialIdentity>;
  /** AWS has refused the credentials with this access key. */
  forget(profile: string | undefined, accessKeyId: string): void;
}

/** The providers, which are loaded when the first request is signed. */
export function credentialSource(mfa: MfaPrompt | undefined): CredentialSource {
  let loaded: Promise<ProfileCredentials> | undefined;
  const load = () => {
    loaded ??= import('./providers.ts').then(({ ProfileCredentials }) => new ProfileCredentials(mfa));
    return loaded;
  };
  return {
    get: async (profile, options) => {
      const credentials = await (await load()).get(profile, options);
      // Here and not with the providers, which are a bundle of their own and would keep it to themselves.
      registerSecret(credentials.secretAccessKey, credentials.sessionToken);
      return credentials;
    },
    forget: (profile, accessKeyId) => void loaded?.then((known) => known.forget(profile, accessKeyId)),
  };
}
