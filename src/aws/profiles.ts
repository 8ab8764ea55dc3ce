import { loadSharedConfigFiles } from '@smithy/core/config';
import type { Profile } from '../compliance/source.ts';

/** The profiles of the person's AWS files, as they are now. */
export async function profiles(): Promise<readonly Profile[]> {
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
  const names = new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)]);
  // Sections of another kind have it before their name, as in `sso-session.work`.
  const isProfile = (name: string) => !/^(sso-session|services)\./.test(name);
  return [...names].filter(isProfile).map((name) => ({
    name,
    sso: Boolean(configFile[name]?.sso_session ?? configFile[name]?.sso_start_url),
    region: configFile[name]?.region,
  }));
}
