import assert from 'node:assert/strict';
import { loadProfiles } from '../../../src/aws/credentials/profiles.ts';
import { loadProfileEndpoint } from '../../../src/aws/transport/endpoints.ts';
import { startConfigService } from '../../config-service/index.ts';
import { createOpenSource } from '../../support/aws/openSource.ts';
import { withAwsFiles } from '../../support/aws/withAwsFiles.ts';

const config = `
[default]
region = us-east-1
[profile audit]
region = eu-central-1
services = local
[profile sso]
sso_session = work
endpoint_url = http://127.0.0.1:2
[services local]
config_service =
  endpoint_url = http://127.0.0.1:1
[sso-session work]
sso_start_url = https://example.com/start
`;

describe('loadProfiles', () => {
  it('reads the profiles of both files and ignores other sections', () =>
    withAwsFiles(config, '[keys]\naws_access_key_id = a\naws_secret_access_key = b\n', async () => {
      assert.deepEqual(await loadProfiles(), [
        { name: 'default', region: 'us-east-1', kind: 'other', source: 'default', requiresMfa: false },
        { name: 'audit', region: 'eu-central-1', kind: 'other', source: 'audit', requiresMfa: false },
        { name: 'sso', region: undefined, kind: 'sso', source: 'sso', requiresMfa: false },
        { name: 'keys', region: undefined, kind: 'keys', source: 'keys', requiresMfa: false },
      ]);
    }));

  it('reads regions and sources as the SDK does', () =>
    withAwsFiles(
      '[profile a]\nregion = eu-central-1\nsource_profile = b\naws_access_key_id = a\n[profile b]\nsso_start_url = https://example.com/start\n',
      '[a]\nregion = us-east-1\n',
      async () => {
        const [first] = await loadProfiles();
        // The credentials file comes first, and only a role has a source.
        assert.deepEqual(first, { name: 'a', region: 'us-east-1', kind: 'keys', source: 'a', requiresMfa: false });
      },
    ));

  it('classifies a role by its source profile', () => {
    const roles = `
[profile a]
role_arn = arn:aws:iam::318604927715:role/A
source_profile = b
[profile b]
role_arn = arn:aws:iam::318604927715:role/B
source_profile = sso
mfa_serial = arn:aws:iam::318604927715:mfa/me
[profile sso]
sso_start_url = https://example.com/start
[profile self]
role_arn = arn:aws:iam::318604927715:role/C
source_profile = self
[profile process]
credential_process = keys
[profile login]
login_session = arn:aws:iam::318604927715:user/me
`;
    return withAwsFiles(roles, '', async () => {
      const results = (await loadProfiles()).map(({ name, kind, source, requiresMfa }) => [
        name,
        kind,
        source,
        requiresMfa,
      ]);
      assert.deepEqual(results, [
        ['a', 'sso', 'sso', true],
        ['b', 'sso', 'sso', true],
        ['sso', 'sso', 'sso', false],
        ['self', 'other', 'self', false],
        ['process', 'process', 'process', false],
        ['login', 'login', 'login', false],
      ]);
    });
  });
});

describe('loadProfileEndpoint', () => {
  it('reads the endpoint of one service or of all', () =>
    withAwsFiles(config, '', async () => {
      assert.equal(await loadProfileEndpoint('audit', 'config_service'), 'http://127.0.0.1:1');
      assert.equal(await loadProfileEndpoint('audit', 'sts'), undefined);
      assert.equal(await loadProfileEndpoint('sso', 'sts'), 'http://127.0.0.1:2');
      assert.equal(await loadProfileEndpoint('default', 'sts'), undefined);
    }));

  it('returns undefined if the environment takes precedence', () =>
    withAwsFiles(config, '', async () => {
      process.env.AWS_ENDPOINT_URL = 'http://127.0.0.1:3';
      assert.equal(await loadProfileEndpoint('sso', 'sts'), undefined);
      delete process.env.AWS_ENDPOINT_URL;
      process.env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS = 'true';
      assert.equal(await loadProfileEndpoint('sso', 'sts'), undefined);
    }));
});

describe('a named profile', () => {
  it('uses its own keys, region and endpoint', async () => {
    const service = await startConfigService({ estate: 'demo' });
    const { accessKeyId, secretAccessKey } = service.caller();
    const text = `[profile home]\nregion = us-east-1\nendpoint_url = ${service.url}\n`;
    const keys = `[home]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
    try {
      await withAwsFiles(text, keys, async () => {
        process.env.AWS_EC2_METADATA_DISABLED = 'true';
        const open = createOpenSource({ pageSize: () => 100, requestsPerSecond: () => 100, log: () => {} });
        const source = await open({ profile: 'home' });
        const { signal } = new AbortController();
        assert.deepEqual(await source.getScope(signal), {
          account: service.estate.home.account,
          partition: 'aws',
          region: 'us-east-1',
        });
        const { items } = await source.listDeployments({ cursor: undefined, signal });
        assert.equal(items.length, 14);
      });
    } finally {
      await service.close();
    }
  });
});
