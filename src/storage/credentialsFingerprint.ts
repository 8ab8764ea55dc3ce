import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { credentialFiles } from './awsFilePaths.ts';

/** Variables whose values are secrets, of which nothing is kept, not even a mark. */
const secret = /SECRET|TOKEN|PASSWORD/;

/**
 * A mark of where credentials come from: the person's AWS files as they were last written, and the environment.
 * Where it is another than before, it is not known whose the connection is until that has been asked.
 */
export async function credentialsFingerprint(): Promise<string> {
  const variables = Object.entries(process.env).filter(([name]) => name.startsWith('AWS_') && !secret.test(name));
  const files = await Promise.all(credentialFiles().map(writing));
  return createHash('sha256')
    .update(JSON.stringify([variables.sort(), files]))
    .digest('hex');
}

async function writing(path: string): Promise<readonly (string | number)[]> {
  try {
    const { mtimeMs, size } = await stat(path);
    return [path, mtimeMs, size];
  } catch {
    // A file that is not there is a state like any other.
    return [path];
  }
}
