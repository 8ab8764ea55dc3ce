import assert from 'node:assert/strict';
import { DescribeConformancePackStatusCommand } from '@aws-sdk/client-config-service';
import { AssumeRoleCommand, type AssumeRoleCommandInput, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity } from '@smithy/types';
import { type ConfigService, startConfigService } from '../../config-service/index.ts';
import { mfaCode } from '../../config-service/signIn.ts';
import { createConfigClient, createStsClient } from './clients.ts';

const start = Date.now();
const other = '467120985533';

describe('local AWS Config: roles', () => {
  let service: ConfigService;
  let elapsedMs = 0;
  before(async () => {
    service = await startConfigService({ estate: 'demo', now: () => new Date(start + elapsedMs) });
  });
  beforeEach(() => {
    elapsedMs = 0;
    service.faults = {};
  });
  after(() => service.close());

  const assume = async (input: Partial<AssumeRoleCommandInput> = {}, credentials?: AwsCredentialIdentity) => {
    const sts = createStsClient(service, credentials ? { credentials } : {});
    const RoleArn = `arn:aws:iam::${other}:role/Auditor`;
    const response = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'me', ...input }));
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '', Expiration } = response.Credentials ?? {};
    assert(Expiration);
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      expiration: Expiration,
    };
  };
  const getArn = async (credentials: AwsCredentialIdentity) =>
    (await createStsClient(service, { credentials }).send(new GetCallerIdentityCommand({}))).Arn;
  const getStatus = (credentials: AwsCredentialIdentity) =>
    createConfigClient(service, { credentials }).send(new DescribeConformancePackStatusCommand({}));

  it('can be assumed, with keys of the role’s account', async () => {
    const credentials = await assume();
    assert.equal(credentials.expiration.getTime(), start + 3_600_000);
    assert.equal(await getArn(credentials), `arn:aws:sts::${other}:assumed-role/Auditor/me`);
    await getStatus(credentials);
    assert.equal(service.requests.at(-1)?.account, other);
  });

  it('can be assumed by a role', async () => {
    const { account } = service.estate.home;
    const RoleArn = `arn:aws:iam::${account}:role/Second`;
    const second = await assume({ RoleArn, RoleSessionName: 'again' }, await assume());
    assert.equal(await getArn(second), `arn:aws:sts::${account}:assumed-role/Second/again`);
  });

  it('require their own session token and secret', async () => {
    const { sessionToken, ...keys } = await assume();
    await assert.rejects(getStatus(keys), { name: 'UnrecognizedClientException' });
    const token = (await assume()).sessionToken;
    assert.notEqual(token, sessionToken);
    await assert.rejects(getStatus({ ...keys, sessionToken: token }), { name: 'UnrecognizedClientException' });
    await assert.rejects(getStatus({ ...keys, secretAccessKey: 'x', sessionToken }), {
      name: 'InvalidSignatureException',
    });
  });

  it('expire after their duration, and on request', async () => {
    const short = await assume({ DurationSeconds: 900 });
    const { expiration: _, ...long } = await assume();
    elapsedMs = 900_000;
    const { expiration, ...expired } = short;
    assert.equal(expiration.getTime(), start + 900_000);
    await assert.rejects(getStatus(expired), { name: 'ExpiredTokenException' });
    await assert.rejects(getArn(expired), { name: 'ExpiredToken' });
    await getStatus(long);
    service.expireSessions();
    await assert.rejects(getStatus(long), { name: 'ExpiredTokenException' });
  });

  it('can require an MFA code', async () => {
    const RoleArn = `arn:aws:iam::${other}:role/AuditorWithMfa`;
    const SerialNumber = `arn:aws:iam::${service.estate.home.account}:mfa/me`;
    await assert.rejects(assume({ RoleArn }), { name: 'AccessDenied', message: /not authorized to perform: sts:/ });
    const wrongCode = assume({ RoleArn, SerialNumber, TokenCode: '000000' });
    await assert.rejects(wrongCode, { name: 'AccessDenied', message: /invalid MFA one time pass code/ });
    const credentials = await assume({ RoleArn, SerialNumber, TokenCode: mfaCode });
    assert.match((await getArn(credentials)) ?? '', /AuditorWithMfa/);
  });

  it('reject unknown accounts, and can be refused', async () => {
    await assert.rejects(assume({ RoleArn: 'arn:aws:iam::999999999999:role/Auditor' }), { name: 'AccessDenied' });
    service.faults = { refuse: { AssumeRole: { name: 'AccessDeniedException' } } };
    await assert.rejects(assume(), { name: 'AccessDenied', message: /sts:AssumeRole/ });
  });
});

describe('local AWS Config: the SSO portal', () => {
  let service: ConfigService;
  before(async () => {
    service = await startConfigService({ estate: 'demo' });
  });
  after(() => service.close());

  const getCredentials = (token: string, account = other) =>
    fetch(`${service.url}/federation/credentials?account_id=${account}&role_name=ReadOnly`, {
      headers: { 'x-amz-sso_bearer_token': token },
    });
  const refresh = (body: object) => fetch(`${service.url}/token`, { method: 'POST', body: JSON.stringify(body) });
  const getError = (response: Response) => [response.status, response.headers.get('x-amzn-errortype')];

  it('returns credentials of a role after a sign-in', async () => {
    const response = await getCredentials(service.signIn().accessToken);
    const { roleCredentials } = (await response.json()) as { roleCredentials: AwsCredentialIdentity };
    const { expiration, ...credentials } = roleCredentials;
    assert(Number(expiration) > Date.now());
    const { Arn } = await createStsClient(service, { credentials }).send(new GetCallerIdentityCommand({}));
    assert.equal(Arn, `arn:aws:sts::${other}:assumed-role/ReadOnly/sso-user`);
  });

  it('rejects unknown and expired tokens, and unknown accounts', async () => {
    assert.deepEqual(getError(await getCredentials('a token')), [401, 'UnauthorizedException']);
    const { accessToken } = service.signIn();
    assert.deepEqual(getError(await getCredentials(accessToken, '999999999999')), [403, 'ForbiddenException']);
    service.expireSessions();
    assert.deepEqual(getError(await getCredentials(accessToken)), [401, 'UnauthorizedException']);
  });

  it('refreshes a token', async () => {
    const { accessToken, expiresAt, ...client } = service.signIn();
    const response = await refresh({ grantType: 'refresh_token', ...client });
    const refreshed = (await response.json()) as { accessToken: string; expiresIn: number };
    assert.notEqual(refreshed.accessToken, accessToken);
    assert.equal((await getCredentials(refreshed.accessToken)).status, 200);
    const wrong = await refresh({ grantType: 'refresh_token', ...client, clientSecret: 'x' });
    assert.deepEqual(getError(wrong), [400, 'InvalidGrantException']);
    assert(expiresAt.getTime() > Date.now());
  });
});
