import { getDefaultRoleAssumer, getDefaultRoleAssumerWithWebIdentity } from '@aws-sdk/client-sts';
import { fromIni, fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { CredentialsProviderError, loadSharedConfigFiles } from '@smithy/core/config';
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types';
import { profileEndpoint } from '../transport/endpoints.ts';
import { type RequestHandlerOptions, requestHandler } from '../transport/network.ts';
import { plainError } from './providerErrors.ts';

/** How a person is asked for the codes of MFA devices. */
export interface MfaPrompt {
  /** The code that the device shows now; undefined where the person turns away. */
  readonly ask: (profile: string, serial: string) => Promise<string | undefined>;
  /** How often the person has asked for data: each time a profile may ask for a code once more. */
  readonly round: () => number;
}

/** What a client tells of itself to the providers, such as its region. */
export type ProviderOptions = Parameters<AwsCredentialIdentityProvider>[0];

/** What the providers' own clients are made with. */
interface ClientConfig {
  readonly requestHandler: RequestHandlerOptions;
}

/** Credentials that run out sooner, in milliseconds, are renewed. */
const renewal = 5 * 60_000;

/** Credentials on their way or at hand, made from what the AWS files said. */
interface Known {
  readonly files: string;
  readonly credentials: Promise<AwsCredentialIdentity>;
  /** Epoch milliseconds; credentials without an end are asked for by each connection anew. */
  until: number;
  /** Known when they have come. */
  accessKeyId?: string;
}

/**
 * One set of credentials per profile, however many connections it has: a process runs once, a code is asked
 * for once. The AWS files are read again whenever credentials are wanted, and what has changed there counts at once.
 */
export class ProfileCredentials {
  readonly #mfa: MfaPrompt | undefined;
  readonly #known = new Map<string | undefined, Known>();
  /** In which round a profile has asked for a code that has not led to credentials. */
  readonly #askedIn = new Map<string, number>();

  constructor(mfa: MfaPrompt | undefined) {
    this.#mfa = mfa;
  }

  async get(profile: string | undefined, options: ProviderOptions): Promise<AwsCredentialIdentity> {
    const files = JSON.stringify(await loadSharedConfigFiles({ ignoreCache: true }));
    const known = this.#known.get(profile);
    if (known?.files === files && Date.now() < known.until) return known.credentials;
    const fresh: Known = { files, credentials: this.#ask(profile, options), until: Number.POSITIVE_INFINITY };
    this.#known.set(profile, fresh);
    fresh.credentials.then(
      ({ expiration, accessKeyId }) => {
        fresh.accessKeyId = accessKeyId;
        fresh.until = expiration ? expiration.getTime() - renewal : 0;
      },
      () => {
        fresh.until = 0;
      },
    );
    return fresh.credentials;
  }

  /** AWS has refused the credentials with this access key; another connection may have newer ones by now. */
  forget(profile: string | undefined, accessKeyId: string): void {
    if (this.#known.get(profile)?.accessKeyId === accessKeyId) this.#known.delete(profile);
  }

  async #ask(profile: string | undefined, options: ProviderOptions): Promise<AwsCredentialIdentity> {
    const name = profile ?? process.env.AWS_PROFILE ?? 'default';
    const mfa = this.#mfa;
    const clientConfig = { requestHandler: await requestHandler(profile) };
    const init = {
      ignoreCache: true,
      clientConfig,
      ...(mfa && { mfaCodeProvider: (serial: string) => this.#code(mfa, name, serial) }),
    };
    // A named profile is nobody else: where it gives nothing, the chain would go on to the machine's own role.
    const provider =
      profile === undefined
        ? fromNodeProviderChain(init)
        : fromIni({ ...init, profile, ...(await ownEndpoints(profile, clientConfig, options)) });
    try {
      const credentials = await provider(options);
      this.#askedIn.delete(name);
      return credentials;
    } catch (thrown) {
      throw plainError(thrown, name);
    }
  }

  async #code(mfa: MfaPrompt, profile: string, serial: string): Promise<string> {
    const round = mfa.round();
    const mayAsk = this.#askedIn.get(profile) !== round;
    this.#askedIn.set(profile, round);
    const code = mayAsk ? await mfa.ask(profile, serial) : undefined;
    if (code) return code;
    const words = `No MFA code was given for profile “${profile}”: Retry or Sign In asks for it again.`;
    throw new CredentialsProviderError(words, { tryNextLink: false });
  }
}

/**
 * Where a profile's own section has its roles assumed and its SSO session used: the providers' own clients look only
 * at AWS_PROFILE. SSO and SSO OIDC can be told but one endpoint, the one of `sso`.
 */
async function ownEndpoints(profile: string, clientConfig: ClientConfig, options: ProviderOptions) {
  const [sts, sso] = await Promise.all([profileEndpoint(profile, 'sts'), profileEndpoint(profile, 'sso')]);
  if (sts === undefined && sso === undefined) return {};
  const { configFile } = await loadSharedConfigFiles();
  const { callerClientConfig } = options ?? {};
  const region = configFile[profile]?.region;
  const parentClientConfig = { ...callerClientConfig, ...(region !== undefined && { region }) };
  const client = { ...clientConfig, parentClientConfig, ...(sts !== undefined && { endpoint: sts }) };
  return {
    roleAssumer: getDefaultRoleAssumer(client),
    roleAssumerWithWebIdentity: getDefaultRoleAssumerWithWebIdentity(client),
    ...(sso !== undefined && { clientConfig: { ...clientConfig, endpoint: sso } }),
  };
}
