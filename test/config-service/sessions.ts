import { randomBytes } from 'node:crypto';
import type { Credentials } from './identities.ts';

/** Temporary credentials: nothing is accepted of them without their token, or after they have expired. */
export interface Session extends Credentials {
  readonly account: string;
  readonly role: string;
  readonly name: string;
  readonly sessionToken: string;
  expiresAt: Date;
}

/** What `aws sso login` leaves in its cache: a token of the portal, and the means to have it renewed. */
export interface SignIn {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly clientId: string;
  readonly clientSecret: string;
  expiresAt: Date;
}

const signInSeconds = 8 * 3600;

/** The temporary credentials and the portal's tokens that have been given out. */
export class Sessions {
  readonly #now: () => Date;
  readonly #sessions = new Map<string, Session>();
  readonly #signIns: SignIn[] = [];
  /** Every key, token and client secret given out so far, also what has expired. */
  readonly secrets = new Set<string>();

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Gives out credentials of a role, good for so many seconds. */
  open(account: string, role: string, name: string, seconds: number): Session {
    const accessKeyId = `ASIA${word(8).toUpperCase()}`;
    const keys = { accessKeyId, secretAccessKey: word(20), sessionToken: word(60) };
    const session = { ...keys, account, role, name, expiresAt: this.#in(seconds) };
    this.#sessions.set(accessKeyId, session);
    this.secrets.add(keys.secretAccessKey).add(keys.sessionToken);
    return session;
  }

  find(accessKeyId: string): Session | undefined {
    return this.#sessions.get(accessKeyId);
  }

  /** A person signs in to the portal. */
  signIn(): SignIn {
    const words = { accessToken: word(30), refreshToken: word(30), clientId: word(10), clientSecret: word(30) };
    const signIn = { ...words, expiresAt: this.#in(signInSeconds) };
    this.#signIns.push(signIn);
    this.secrets.add(words.accessToken).add(words.refreshToken).add(words.clientSecret);
    return signIn;
  }

  /** Whether the portal accepts a token. */
  isSignedIn(accessToken: string): boolean {
    return this.#signIns.some((signIn) => signIn.accessToken === accessToken && !this.hasExpired(signIn));
  }

  /** A new sign-in for one that may be renewed, which it may even after its token has expired. */
  renew({ refreshToken, clientId, clientSecret }: Partial<SignIn>): SignIn | undefined {
    const known = this.#signIns.find((signIn) => signIn.refreshToken === refreshToken);
    return known?.clientId === clientId && known?.clientSecret === clientSecret ? this.signIn() : undefined;
  }

  hasExpired({ expiresAt }: { readonly expiresAt: Date }): boolean {
    return expiresAt.getTime() <= this.#now().getTime();
  }

  /** Everything given out so far has expired, and nobody can renew it. */
  expire(): void {
    const now = this.#now();
    for (const session of this.#sessions.values()) session.expiresAt = now;
    this.#signIns.length = 0;
  }

  #in(seconds: number): Date {
    return new Date(this.#now().getTime() + seconds * 1000);
  }
}

const word = (bytes: number): string => randomBytes(bytes).toString('hex');
