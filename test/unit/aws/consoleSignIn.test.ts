import assert from 'node:assert/strict';
import { loadConsoleSignIn } from '../../../src/aws/credentials/consoleSignIn.ts';
import { withAwsFiles } from '../../support/aws/withAwsFiles.ts';

const startUrl = 'https://example.awsapps.com/start';
const account = '111122223333';

const config = `
[default]
sso_start_url = ${startUrl}
sso_account_id = ${account}
sso_role_name = Read
[profile session]
sso_session = work
sso_account_id = ${account}
sso_role_name = Audit
[profile role]
role_arn = arn:aws:iam::444455556666:role/Audit
source_profile = session
[profile incomplete]
sso_session = work
[profile missing]
sso_session = none
sso_account_id = ${account}
sso_role_name = Audit
[profile keys]
aws_access_key_id = a
[sso-session work]
sso_start_url = ${startUrl}
`;

describe('loadConsoleSignIn', () => {
  it('reads the start URL, account and role of a profile and its session', () =>
    withAwsFiles(config, '', async () => {
      assert.deepEqual(await loadConsoleSignIn(undefined), { startUrl, account, role: 'Read' });
      assert.deepEqual(await loadConsoleSignIn('session'), { startUrl, account, role: 'Audit' });
    }));

  it('follows AWS_PROFILE like the SDK', () =>
    withAwsFiles(config, '', async () => {
      process.env.AWS_PROFILE = '';
      assert.equal((await loadConsoleSignIn(undefined))?.role, 'Read', 'empty is unset');
      process.env.AWS_PROFILE = 'session';
      assert.deepEqual(await loadConsoleSignIn(undefined), { startUrl, account, role: 'Audit' });
    }));

  for (const profile of ['role', 'incomplete', 'missing', 'keys', 'unknown'])
    it(`is undefined for the profile ${profile}`, () =>
      withAwsFiles(config, '', async () => assert.equal(await loadConsoleSignIn(profile), undefined)));
});
