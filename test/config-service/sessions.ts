import { randomBytes } from 'node:crypto';
import type { Credentials } from './identities.ts';

/** Temporary credentials, which are valid only with their session token and until they expire. */
export interface Session extends Credentials {
  readonly account: string;
  readonly role: string;
  readonly name: string;
  readonly sessionToken: string;
  expiresAt: Date;
}

/** The cached result of `aws sso login`: a token of the SSO portal and what is needed to refresh it. */
export interface SignIn {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly clientId: string;
  readonly clientSecret: string;
  expiresAt: Date;
}

const signInSeconds = 8 * 3600;

/** The issued temporary credentials and portal tokens. */
export class Sessions {
  readonly #now: () => Date;
  readonly #sessions = new Map<string, Session>();
  readonly #signIns: SignIn[] = [];
  /** Every issued key, token and client secret, including expired ones. */
  readonly secrets = new Set<string>();

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Issues credentials of a role that are valid for a number of seconds. */
  open(account: string, role: string, name: string, seconds: number): Session {
    const accessKeyId = `ASIA${createRandomHex(8).toUpperCase()}`;
    const keys = { accessKeyId, secretAccessKey: createRandomHex(20), sessionToken: createRandomHex(60) };
    const session = { ...keys, account, role, name, expiresAt: this.#addSeconds(seconds) };
    this.#sessions.set(accessKeyId, session);
    this.secrets.add(keys.secretAccessKey).add(keys.sessionToken);
    return session;
  }

  find(accessKeyId: string): Session | undefined {
    return this.#sessions.get(accessKeyId);
  }

  /** Signs in to the SSO portal. */
  signIn(): SignIn {
    const tokens = {
      accessToken: createRandomHex(30),
      refreshToken: createRandomHex(30),
      clientId: createRandomHex(10),
      clientSecret: createRandomHex(30),
    };
    const signIn = { ...tokens, expiresAt: this.#addSeconds(signInSeconds) };
    this.#signIns.push(signIn);
    this.secrets.add(tokens.accessToken).add(tokens.refreshToken).add(tokens.clientSecret);
    return signIn;
  }

  /** Whether the portal accepts an access token. */
  isSignedIn(accessToken: string): boolean {
    return this.#signIns.some((signIn) => signIn.accessToken === accessToken && !this.hasExpired(signIn));
  }

  /** Refreshes a sign-in, even after its access token has expired. */
  renew({ refreshToken, clientId, clientSecret }: Partial<SignIn>): SignIn | undefined {
    const signIn = this.#signIns.find((each) => each.refreshToken === refreshToken);
    return signIn?.clientId === clientId && signIn?.clientSecret === clientSecret ? this.signIn() : undefined;
  }

  hasExpired({ expiresAt }: { readonly expiresAt: Date }): boolean {
    return expiresAt.getTime() <= this.#now().getTime();
  }

  /** Expires everything that was issued, and prevents refreshing. */
  expire(): void {
    const now = this.#now();
    for (const session of this.#sessions.values()) session.expiresAt = now;
    this.#signIns.length = 0;
  }

  #addSeconds(seconds: number): Date {
    return new Date(this.#now().getTime() + seconds * 1000);
  }
}

const createRandomHex = (bytes: number): string => randomBytes(bytes).toString('hex');
