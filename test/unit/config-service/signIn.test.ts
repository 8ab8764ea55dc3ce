import assert from 'node:assert/strict';
import { DescribeConformancePackStatusCommand } from '@aws-sdk/client-config-service';
import { AssumeRoleCommand, type AssumeRoleCommandInput, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity } from '@smithy/types';
import { type ConfigService, startConfigService } from '../../config-service/index.ts';
import { mfaCode } from '../../config-service/signIn.ts';
import { configClient, stsClient } from './clients.ts';

const start = Date.now();
const other = '467120985533';

describe('config service: roles', () => {
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
    const sts = stsClient(service, credentials ? { credentials } : {});
    const RoleArn = `arn:aws:iam::${other}:role/Auditor`;
    const answer = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'me', ...input }));
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '', Expiration } = answer.Credentials ?? {};
    assert(Expiration);
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      expiration: Expiration,
    };
  };
  const arnOf = async (credentials: AwsCredentialIdentity) =>
    (await stsClient(service, { credentials }).send(new GetCallerIdentityCommand({}))).Arn;
  const statusBy = (credentials: AwsCredentialIdentity) =>
    configClient(service, { credentials }).send(new DescribeConformancePackStatusCommand({}));

  it('are assumed, and their keys are those of the role’s account', async () => {
    const credentials = await assume();
    assert.equal(credentials.expiration.getTime(), start + 3_600_000);
    assert.equal(await arnOf(credentials), `arn:aws:sts::${other}:assumed-role/Auditor/me`);
    await statusBy(credentials);
    assert.equal(service.requests.at(-1)?.account, other);
  });

  it('are assumed by a role, too', async () => {
    const { account } = service.estate.home;
    const RoleArn = `arn:aws:iam::${account}:role/Second`;
    const second = await assume({ RoleArn, RoleSessionName: 'again' }, await assume());
    assert.equal(await arnOf(second), `arn:aws:sts::${account}:assumed-role/Second/again`);
  });

  it('are not known by their keys alone, nor with another’s token', async () => {
    const { sessionToken, ...keys } = await assume();
    await assert.rejects(statusBy(keys), { name: 'UnrecognizedClientException' });
    const token = (await assume()).sessionToken;
    assert.notEqual(token, sessionToken);
    await assert.rejects(statusBy({ ...keys, sessionToken: token }), { name: 'UnrecognizedClientException' });
    await assert.rejects(statusBy({ ...keys, secretAccessKey: 'x', sessionToken }), {
      name: 'InvalidSignatureException',
    });
  });

  it('expire in their time, and all of them when a test says so', async () => {
    const short = await assume({ DurationSeconds: 900 });
    const { expiration: _, ...long } = await assume();
    elapsedMs = 900_000;
    const { expiration, ...expired } = short;
    assert.equal(expiration.getTime(), start + 900_000);
    await assert.rejects(statusBy(expired), { name: 'ExpiredTokenException' });
    await assert.rejects(arnOf(expired), { name: 'ExpiredToken' });
    await statusBy(long);
    service.expireSessions();
    await assert.rejects(statusBy(long), { name: 'ExpiredTokenException' });
  });

  it('demand a code where they say so', async () => {
    const RoleArn = `arn:aws:iam::${other}:role/AuditorWithMfa`;
    const SerialNumber = `arn:aws:iam::${service.estate.home.account}:mfa/me`;
    await assert.rejects(assume({ RoleArn }), { name: 'AccessDenied', message: /not authorized to perform: sts:/ });
    const wrong = assume({ RoleArn, SerialNumber, TokenCode: '000000' });
    await assert.rejects(wrong, { name: 'AccessDenied', message: /invalid MFA one time pass code/ });
    const credentials = await assume({ RoleArn, SerialNumber, TokenCode: mfaCode });
    assert.match((await arnOf(credentials)) ?? '', /AuditorWithMfa/);
  });

  it('are not those of an account that is not there, and may be refused', async () => {
    await assert.rejects(assume({ RoleArn: 'arn:aws:iam::999999999999:role/Auditor' }), { name: 'AccessDenied' });
    service.faults = { refuse: { AssumeRole: { name: 'AccessDeniedException' } } };
    await assert.rejects(assume(), { name: 'AccessDenied', message: /sts:AssumeRole/ });
  });
});

describe('config service: the portal of SSO', () => {
  let service: ConfigService;
  before(async () => {
    service = await startConfigService({ estate: 'demo' });
  });
  after(() => service.close());

  const credentialsFor = (token: string, account = other) =>
    fetch(`${service.url}/federation/credentials?account_id=${account}&role_name=ReadOnly`, {
      headers: { 'x-amz-sso_bearer_token': token },
    });
  const renew = (body: object) => fetch(`${service.url}/token`, { method: 'POST', body: JSON.stringify(body) });
  const errorOf = (answer: Response) => [answer.status, answer.headers.get('x-amzn-errortype')];

  it('gives credentials of a role to who has signed in', async () => {
    const answer = await credentialsFor(service.signIn().accessToken);
    const { roleCredentials } = (await answer.json()) as { roleCredentials: AwsCredentialIdentity };
    const { expiration, ...credentials } = roleCredentials;
    assert(Number(expiration) > Date.now());
    const { Arn } = await stsClient(service, { credentials }).send(new GetCallerIdentityCommand({}));
    assert.equal(Arn, `arn:aws:sts::${other}:assumed-role/ReadOnly/sso-user`);
  });

  it('refuses a token that it does not know or that has expired, and accounts that are not there', async () => {
    assert.deepEqual(errorOf(await credentialsFor('a token')), [401, 'UnauthorizedException']);
    const { accessToken } = service.signIn();
    assert.deepEqual(errorOf(await credentialsFor(accessToken, '999999999999')), [403, 'ForbiddenException']);
    service.expireSessions();
    assert.deepEqual(errorOf(await credentialsFor(accessToken)), [401, 'UnauthorizedException']);
  });

  it('renews a token', async () => {
    const { accessToken, expiresAt, ...known } = service.signIn();
    const answer = await renew({ grantType: 'refresh_token', ...known });
    const renewed = (await answer.json()) as { accessToken: string; expiresIn: number };
    assert.notEqual(renewed.accessToken, accessToken);
    assert.equal((await credentialsFor(renewed.accessToken)).status, 200);
    const wrong = await renew({ grantType: 'refresh_token', ...known, clientSecret: 'x' });
    assert.deepEqual(errorOf(wrong), [400, 'InvalidGrantException']);
    assert(expiresAt.getTime() > Date.now());
  });
});
