import { homedir } from 'node:os';
import { join } from 'node:path';

/** A path in the `.aws` folder of the user's home. */
export const getAwsFilePath = (...path: string[]): string => join(homedir(), '.aws', ...path);

/** The AWS config file and the shared credentials file. */
export const getCredentialFiles = (): string[] => [
  process.env.AWS_CONFIG_FILE ?? getAwsFilePath('config'),
  process.env.AWS_SHARED_CREDENTIALS_FILE ?? getAwsFilePath('credentials'),
];
