import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { getCredentialFiles } from './awsFilePaths.ts';

/** Variables with secret values, which are not part of the fingerprint, not even hashed. */
const secretVariable = /SECRET|TOKEN|PASSWORD/;

/**
 * A hash of where credentials come from: path, size and modification time of the AWS files, and the `AWS_*` environment
 * variables. If it changes, a connection may belong to another account until AWS confirms the account.
 */
export async function computeCredentialsFingerprint(): Promise<string> {
  const variables = Object.entries(process.env).filter(
    ([name]) => name.startsWith('AWS_') && !secretVariable.test(name),
  );
  const files = await Promise.all(getCredentialFiles().map(describeFile));
  return createHash('sha256')
    .update(JSON.stringify([variables.sort(), files]))
    .digest('hex');
}

async function describeFile(path: string): Promise<readonly (string | number)[]> {
  try {
    const { mtimeMs, size } = await stat(path);
    return [path, mtimeMs, size];
  } catch {
    // A missing file has a fingerprint, too.
    return [path];
  }
}
