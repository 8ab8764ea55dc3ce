import type { AwsCredentialIdentity } from '@smithy/types';
import { registerSecret } from '../../compliance/redaction.ts';
import type { MfaPrompt, ProfileCredentials, ProviderOptions } from './profileCredentials.ts';

/** The `ProfileCredentials` shared by all connections. Loads the credential providers with the first signed request. */
export class LazyProfileCredentials {
  readonly #mfa: MfaPrompt | undefined;
  #loaded: Promise<ProfileCredentials> | undefined;

  constructor(mfa: MfaPrompt | undefined) {
    this.#mfa = mfa;
  }

  /** Changes with every manual retry. Undefined where nobody can be prompted. */
  get generation(): number | undefined {
    return this.#mfa?.generation();
  }

  async get(profile: string | undefined, openedAt: number, options: ProviderOptions): Promise<AwsCredentialIdentity> {
    this.#loaded ??= import('./providers.ts').then(({ ProfileCredentials }) => new ProfileCredentials(this.#mfa));
    const providers = await this.#loaded;
    const credentials = await providers.get(profile, openedAt, options).catch(async (thrown) => {
      const { toSignInError } = await import('./signInErrors.ts');
      throw await toSignInError(thrown, profile);
    });
    // The providers are a separate bundle: secrets registered there would not be known to this one.
    registerSecret(credentials.secretAccessKey, credentials.sessionToken);
    return credentials;
  }

  invalidate(profile: string | undefined, accessKeyId: string): void {
    void this.#loaded?.then((credentials) => credentials.invalidate(profile, accessKeyId));
  }
}
