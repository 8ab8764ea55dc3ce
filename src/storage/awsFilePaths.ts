import { homedir } from 'node:os';
import { join } from 'node:path';

/** A place in the person's AWS folder. */
export const inHome = (...path: string[]): string => join(homedir(), '.aws', ...path);

/** The person's files that say which credentials a profile has. */
export const credentialFiles = (): string[] => [
  process.env.AWS_CONFIG_FILE ?? inHome('config'),
  process.env.AWS_SHARED_CREDENTIALS_FILE ?? inHome('credentials'),
];
