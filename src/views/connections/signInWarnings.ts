import type { ComplianceError, ErrorKind } from '../../compliance/errors.ts';
import type { Connection } from '../../compliance/source.ts';
import { describeError } from '../../compliance/text/errorMessages.ts';

export interface SignInState {
  readonly connection: Connection;
  /** Set if a request failed because of missing or expired credentials. */
  readonly signedOutError: ComplianceError | undefined;
  /** Whether the connection's account has been read in this session. */
  readonly isSignedIn: boolean;
}

export interface SignInWarning {
  readonly connection: Connection;
  readonly message: string;
}

/** Decides which sign-in warnings to show: one per profile and cause, until the profile is signed in again. */
export class SignInWarnings {
  /** The last cause that was reported, by profile. */
  readonly #reported = new Map<string | undefined, ErrorKind>();

  /** The new warnings for the current states. All regions of a profile share its sign-in. */
  update(states: readonly SignInState[]): SignInWarning[] {
    const warnings: SignInWarning[] = [];
    for (const [profile, ofProfile] of Map.groupBy(states, ({ connection }) => connection.profile)) {
      const signedOut = ofProfile.find(({ signedOutError }) => signedOutError);
      if (!signedOut?.signedOutError) {
        if (ofProfile.some(({ isSignedIn }) => isSignedIn)) this.#reported.delete(profile);
      } else if (this.#reported.get(profile) !== signedOut.signedOutError.kind) {
        this.#reported.set(profile, signedOut.signedOutError.kind);
        const message = formatWarning(signedOut.signedOutError, signedOut.connection);
        warnings.push({ connection: signedOut.connection, message });
      }
    }
    return warnings;
  }
}

function formatWarning(error: ComplianceError, connection: Connection): string {
  const { title } = describeError(error, connection);
  return error.kind === 'expired' ? `${title}.` : `${title}. ${error.message}`;
}
