import type { ComplianceError, ErrorKind } from '../../compliance/errors.ts';
import type { Connection } from '../../compliance/source.ts';

/** What is known of a connection's sign-in. */
export interface Standing {
  readonly connection: Connection;
  /** Why something could not be read for want of good credentials. */
  readonly signedOut: ComplianceError | undefined;
  /** Whether its identity is known. */
  readonly signedIn: boolean;
}

/** What a person is to be told of a profile, for it is new. */
export interface Notice {
  readonly connection: Connection;
  readonly words: string;
}

/** Remembers what a person was told: of each profile's cause once, until it was signed in in between. */
export class Notices {
  readonly #told = new Map<string | undefined, ErrorKind>();

  /** What is to be said now. The regions of a profile share its sign-in. */
  next(standings: readonly Standing[]): Notice[] {
    const notices: Notice[] = [];
    for (const [profile, regions] of Map.groupBy(standings, ({ connection }) => connection.profile)) {
      const out = regions.find(({ signedOut }) => signedOut);
      if (!out?.signedOut) {
        if (regions.some(({ signedIn }) => signedIn)) this.#told.delete(profile);
      } else if (this.#told.get(profile) !== out.signedOut.kind) {
        this.#told.set(profile, out.signedOut.kind);
        notices.push({ connection: out.connection, words: wordsOf(profile, out.signedOut) });
      }
    }
    return notices;
  }
}

function wordsOf(profile: string | undefined, { kind, message }: ComplianceError): string {
  const whose = profile === undefined ? 'the default credentials' : `profile “${profile}”`;
  return kind === 'expired' ? `The sign-in of ${whose} has expired.` : `Not signed in with ${whose}. ${message}`;
}
