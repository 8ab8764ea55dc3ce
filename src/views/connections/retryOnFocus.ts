import { getEffectiveProfile, type Profile } from '../../compliance/source.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import { hasErrorResolvedElsewhere } from './resolvedElsewhere.ts';

/**
 * Retries connections with errors that may have been resolved without a change of the AWS files, such as by renewed
 * credentials of a process. Profiles with MFA are skipped, because a retry would prompt for a code.
 */
export async function retryOnFocus(estate: Estate, loadProfiles: () => Promise<readonly Profile[]>): Promise<void> {
  const profiles = await loadProfiles();
  const mfaProfiles = new Set(profiles.filter(({ requiresMfa }) => requiresMfa).map(({ name }) => name));
  estate.reset((store) => {
    return (
      hasErrorResolvedElsewhere(store) && !mfaProfiles.has(getEffectiveProfile(store.connection.profile, process.env))
    );
  });
}
