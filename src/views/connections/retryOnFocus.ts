import type { Profile } from '../../compliance/source.ts';
import type { Estate } from '../../compliance/store/estate.ts';

/** Environment and processes leave no file to watch: who was signed out is tried again, but nobody asked for a code. */
export async function retryOnFocus(estate: Estate, profiles: () => Promise<readonly Profile[]>): Promise<void> {
  const name = (profile: string | undefined) => profile ?? process.env.AWS_PROFILE ?? 'default';
  const asking = new Set((await profiles()).filter(({ mfa }) => mfa).map((profile) => profile.name));
  estate.reset(({ findSignedOutError, connection }) => Boolean(findSignedOutError) && !asking.has(name(connection.profile)));
}
