import { homedir } from 'node:os';
import { join } from 'node:path';

/** A path in the `.aws` folder of the user's home. */
export const getAwsFilePath = (...path: string[]): string => join(homedir(), '.aws', ...path);

/** The AWS config file and the shared credentials file, found as the AWS SDK finds them. */
export const getCredentialFiles = (): readonly string[] => [
  getPath('AWS_CONFIG_FILE', 'config'),
  getPath('AWS_SHARED_CREDENTIALS_FILE', 'credentials'),
];

/** An empty variable counts as unset. */
const getPath = (variable: string, name: string): string =>
  (process.env[variable] || getAwsFilePath(name)).replace(/^~(?=\/)/, homedir());
