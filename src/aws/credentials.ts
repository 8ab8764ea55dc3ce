import type { AwsCredentialIdentityProvider } from '@smithy/types';
import type { MfaPrompt, ProfileCredentials } from './profileCredentials.ts';

/** The credentials of every profile, shared by whoever signs with them. */
export interface Credentials {
  /** Those of the SDK's default chain, or of a named profile. */
  of(profile: string | undefined): AwsCredentialIdentityProvider;
  /** AWS has refused them: they are not given out again. */
  forget(profile: string | undefined): void;
}

/** The providers are loaded when the first request is signed. */
export function openCredentials(mfa: MfaPrompt | undefined): Credentials {
  let loaded: Promise<ProfileCredentials> | undefined;
  const load = () => {
    loaded ??= import('./providers.ts').then(({ ProfileCredentials }) => new ProfileCredentials(mfa));
    return loaded;
  };
  return {
    of: (profile) => async (options) => (await load()).get(profile, options),
    forget: (profile) => void loaded?.then((known) => known.forget(profile)),
  };
}
