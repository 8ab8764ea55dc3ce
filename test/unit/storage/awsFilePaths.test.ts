import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { getCredentialFiles } from '../../../src/storage/awsFilePaths.ts';
import { withAwsFiles } from '../../support/aws/withAwsFiles.ts';

describe('getCredentialFiles', () => {
  it('finds the files where the SDK finds them', () =>
    withAwsFiles('', '', async () => {
      process.env.AWS_CONFIG_FILE = '';
      process.env.AWS_SHARED_CREDENTIALS_FILE = '~/keys';
      assert.deepEqual(getCredentialFiles(), [join(homedir(), '.aws', 'config'), join(homedir(), 'keys')]);
    }));
});
