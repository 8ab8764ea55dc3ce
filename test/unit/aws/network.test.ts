import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getProxyHost } from '../../../src/aws/transport/proxyHost.ts';
import type { ComplianceError } from '../../../src/compliance/errors.ts';
import type { ComplianceSource } from '../../../src/compliance/source.ts';
import { type ConfigService, startConfigService } from '../../config-service/index.ts';
import { createOpenSource } from '../../support/aws/openSource.ts';
import { withAwsFiles } from '../../support/aws/withAwsFiles.ts';
import { certificate } from '../../support/network/certificate.ts';
import { type SecureService, startSecureService } from '../../support/network/proxy.ts';

const open = createOpenSource({ pageSize: () => 100, requestsPerSecond: () => 100, log: () => {} });
const { signal } = new AbortController();
const readSource = async (source: ComplianceSource) => [
  (await source.getScope(signal)).account,
  (await source.listDeployments({ cursor: undefined, signal })).items.length,
];

describe('a custom CA bundle', () => {
  const bundle = join(tmpdir(), `packscope-network-${process.pid}.pem`);
  let service: ConfigService;
  let secure: SecureService;

  before(async () => {
    service = await startConfigService({ estate: 'demo' });
    secure = await startSecureService(service.url);
    await writeFile(bundle, certificate);
  });

  after(async () => {
    await secure[Symbol.asyncDispose]();
    await service.close();
    await rm(bundle);
  });

  /** Runs `use` with a profile `home` that contains `lines` and a role `audit` that it assumes. */
  const withProfile = (lines: string, use: () => Promise<void>) => {
    const { accessKeyId, secretAccessKey } = service.caller();
    const config = `[profile home]\nregion = us-east-1\nendpoint_url = ${secure.url}\n${lines}
[profile audit]\nregion = us-east-1\nsource_profile = home\nrole_arn = arn:aws:iam::318604927715:role/Audit\n${lines}`;
    const keys = `[home]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
    return withAwsFiles(config, keys, use);
  };

  it('is read from the profile’s ca_bundle', () =>
    withProfile(`ca_bundle = ${bundle}`, async () =>
      assert.deepEqual(await readSource(await open({ profile: 'home' })), [service.estate.home.account, 14]),
    ));

  it('is read from AWS_CA_BUNDLE, also by the credential providers', () =>
    withProfile('', async () => {
      Object.assign(process.env, { AWS_CA_BUNDLE: bundle, AWS_ENDPOINT_URL: secure.url });
      assert.deepEqual(await readSource(await open({ profile: 'home' })), [service.estate.home.account, 14]);
      assert.deepEqual(await readSource(await open({ profile: 'audit' })), [service.estate.home.account, 14]);
      assert(secure.bodies.some((body) => body.includes('Action=AssumeRole&')));
    }));

  it('reports an untrusted certificate without it', () =>
    withProfile('', async () => {
      process.env.AWS_MAX_ATTEMPTS = '1';
      await assert.rejects(readSource(await open({ profile: 'home' })), ({ kind }: ComplianceError) => {
        assert.equal(kind, 'certificateRejected');
        return true;
      });
    }));

  it('is reported if its file cannot be read', () =>
    withProfile(`ca_bundle = ${bundle}.gone`, async () => {
      await assert.rejects(open({ profile: 'home' }), /The CA bundle could not be read: ENOENT.*\.gone/);
    }));
});

describe('getProxyHost', () => {
  for (const [setting, host] of [
    ['http://office.example:3128', 'office.example:3128'],
    ['http://me:swordfish@office.example:3128/', 'office.example:3128'],
    ['no address', undefined],
  ]) {
    it(`returns ${host} for ${setting}`, () => assert.equal(getProxyHost(setting), host));
  }
});
