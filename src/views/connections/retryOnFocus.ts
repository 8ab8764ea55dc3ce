import { getEffectiveProfile, type Profile } from '../../compliance/source.ts';
import type { Estate } from '../../compliance/store/estate.ts';

/**
 * Retries signed-out connections: credentials of the environment and of processes may have been renewed without a
 * change of a file. Profiles with MFA are skipped, because a retry would prompt for a code.
 */
export async function retryOnFocus(estate: Estate, loadProfiles: () => Promise<readonly Profile[]>): Promise<void> {
  const profiles = await loadProfiles();
  const mfaProfiles = new Set(profiles.filter(({ requiresMfa }) => requiresMfa).map(({ name }) => name));
  estate.reset((store) => {
    const isSignedOut = store.findSignedOutError() !== undefined;
    return isSignedOut && !mfaProfiles.has(getEffectiveProfile(store.connection.profile, process.env));
  });
}
