import type { AwsFiles } from './awsFiles.ts';

/** A profile, the `source_profile` that its role is assumed with, the `source_profile` of that, and so on. */
export function getSourceProfiles(name: string, files: AwsFiles): readonly string[] {
  const chain = [name];
  for (const each of chain) {
    const { role_arn, source_profile } = files.getProfile(each) ?? {};
    if (role_arn !== undefined && source_profile !== undefined && !chain.includes(source_profile))
      chain.push(source_profile);
  }
  return chain;
}

/** The profile with the credentials: the end of the chain of `source_profile`. */
export const findSourceProfile = (name: string, files: AwsFiles): string =>
  getSourceProfiles(name, files).at(-1) ?? name;
