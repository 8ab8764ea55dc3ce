import { loadSharedConfigFiles } from '@smithy/core/config';
import type { Profile } from '../../compliance/source.ts';

type Section = Readonly<Record<string, string | undefined>>;

/** Reads the profiles of the user's AWS files. */
export async function loadProfiles(): Promise<readonly Profile[]> {
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
  const names = new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)]);
  // The names of other sections start with their kind, as in `sso-session.work`.
  const isProfile = (name: string) => !/^(sso-session|services)\./.test(name);
  const getSection = (name: string): Section => ({ ...configFile[name], ...credentialsFile[name] });
  return [...names].filter(isProfile).map((name) => {
    const chain = followSourceProfiles(name, getSection);
    const source = chain.at(-1) ?? name;
    const requiresMfa = chain.some((each) => getSection(each).mfa_serial !== undefined);
    return { name, region: configFile[name]?.region, kind: classify(getSection(source)), source, requiresMfa };
  });
}

/** A profile, its `source_profile`, the `source_profile` of that, and so on. */
function followSourceProfiles(name: string, getSection: (name: string) => Section): string[] {
  const chain = [name];
  let next = getSection(name).source_profile;
  while (next && !chain.includes(next)) {
    chain.push(next);
    next = getSection(next).source_profile;
  }
  return chain;
}

function classify(section: Section): Profile['kind'] {
  if (section.sso_session ?? section.sso_start_url) return 'sso';
  if (section.login_session) return 'login';
  if (section.credential_process) return 'process';
  return section.aws_access_key_id ? 'keys' : 'other';
}
