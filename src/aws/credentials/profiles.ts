import { loadSharedConfigFiles } from '@smithy/core/config';
import type { Profile } from '../../compliance/source.ts';

type Section = Readonly<Record<string, string | undefined>>;

/** The profiles of the person's AWS files, as they are now. */
export async function profiles(): Promise<readonly Profile[]> {
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
  const names = new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)]);
  // Sections of another kind have it before their name, as in `sso-session.work`.
  const isProfile = (name: string) => !/^(sso-session|services)\./.test(name);
  const section = (name: string): Section => ({ ...configFile[name], ...credentialsFile[name] });
  return [...names].filter(isProfile).map((name) => {
    const chain = chainOf(name, section);
    const source = chain.at(-1) ?? name;
    const mfa = chain.some((each) => section(each).mfa_serial !== undefined);
    return { name, region: configFile[name]?.region, kind: kindOf(section(source)), source, mfa };
  });
}

/** A profile, the one with which it assumes its role, and so on. */
function chainOf(name: string, section: (name: string) => Section): string[] {
  const chain = [name];
  for (let next = section(name).source_profile; next && !chain.includes(next); next = section(next).source_profile) {
    chain.push(next);
  }
  return chain;
}

function kindOf(section: Section): Profile['kind'] {
  if (section.sso_session ?? section.sso_start_url) return 'sso';
  if (section.login_session) return 'login';
  if (section.credential_process) return 'process';
  return section.aws_access_key_id ? 'keys' : 'other';
}
