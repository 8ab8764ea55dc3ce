import type { AwsFiles } from './awsFiles.ts';

/** The profile with the credentials: the end of the chain of `source_profile`.  */
export function findSourceProfile(name: string, files: AwsFiles): string {
  const visited = new Set<string>();
  let current = name;
  while (!visited.has(current)) {
    visited.add(current);
    const { role_arn, source_profile } = files.getProfile(current) ?? {};
    if (role_arn !== undefined && source_profile !== undefined) current = source_profile;
  }
  return current;
}
