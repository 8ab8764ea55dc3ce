import type { Profile } from '../../compliance/source.ts';
import { AwsFiles, type Section } from '../configuration/awsFiles.ts';
import { getSourceProfiles } from '../configuration/sourceProfile.ts';

/** Reads the profiles of the user's AWS files. */
export async function loadProfiles(): Promise<readonly Profile[]> {
  const files = await AwsFiles.load();
  const getSection = (name: string): Section => files.getProfile(name) ?? {};
  return files.profileNames.map((name) => {
    const chain = getSourceProfiles(name, files);
    const source = chain.at(-1) ?? name;
    const requiresMfa = chain.some((each) => getSection(each).mfa_serial !== undefined);
    return { name, region: getSection(name).region, kind: classify(getSection(source)), source, requiresMfa };
  });
}

function classify(section: Section): Profile['kind'] {
  if (section.sso_session ?? section.sso_start_url) return 'sso';
  if (section.login_session) return 'login';
  if (section.credential_process) return 'process';
  return section.aws_access_key_id ? 'keys' : 'other';
}
