import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConfigService } from '../../config-service/index.ts';
import { createTemporaryFolder } from '../folders.ts';
import { createEnvironment } from './environment.ts';

/** Accounts of the demo estate that the profiles sign in to. The long-lived keys belong to `home`. */
export const accounts = { home: '318604927715', other: '467120985533' } as const;

/** The MFA device of the profile `mfa`. */
export const mfaSerial = `arn:aws:iam::${accounts.home}:mfa/me`;

/** The output of the failing credential process, which must never be shown. */
export const processSecret = 'hunter2-of-the-process';

/**
 * Writes AWS configuration files into a folder: profiles of every kind, some of them with invalid or expired
 * credentials. Returns the environment variables that select these files.
 */
export async function writeProfileFiles(folder: string, service: ConfigService): Promise<Record<string, string>> {
  const paths = { config: join(folder, 'config'), credentials: join(folder, 'credentials') };
  const script = join(folder, 'process.mjs');
  await writeFile(paths.config, createConfig(script));
  const { accessKeyId, secretAccessKey } = service.caller();
  const keys = (id: string, secret: string) => `aws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`;
  await writeFile(paths.credentials, `[keys]\n${keys(accessKeyId, secretAccessKey)}`);
  await writeFile(script, createCredentialProcess(service));
  await writeSsoToken(folder, 'work', service.signIn());
  await writeSsoToken(folder, 'stale', { ...service.signIn(), refreshToken: 'none', expiresAt: new Date(0) });
  await writeSsoToken(folder, 'revoked', { accessToken: 'unknown', expiresAt: new Date(Date.now() + 3_600_000) });
  return { HOME: folder, AWS_CONFIG_FILE: paths.config, AWS_SHARED_CREDENTIALS_FILE: paths.credentials };
}

/** Returns `createEnvironment` with profiles of every kind. */
export async function createProfilesEnvironment(service: ConfigService): Promise<NodeJS.ProcessEnv> {
  return {
    ...createEnvironment(service),
    ...(await writeProfileFiles(await createTemporaryFolder(tmpdir()), service)),
  };
}

/** Writes a token file as `aws sso login` does. */
export async function writeSsoToken(home: string, session: string, token: object): Promise<void> {
  const cache = join(home, '.aws', 'sso', 'cache');
  await mkdir(cache, { recursive: true });
  const name = createHash('sha1').update(session).digest('hex');
  await writeFile(join(cache, `${name}.json`), JSON.stringify({ ...token, region: 'us-east-1' }));
}

const role = (account: string, name: string): string => `role_arn = arn:aws:iam::${account}:role/${name}`;

const sso = (session: string): string =>
  `sso_session = ${session}\nsso_account_id = ${accounts.other}\nsso_role_name = ReadOnly`;

const createConfig = (script: string): string => `
[profile keys]
region = us-east-1
[profile role]
region = eu-central-1
${role(accounts.other, 'Auditor')}
source_profile = keys
[profile chained]
region = us-east-1
${role(accounts.home, 'Second')}
source_profile = role
[profile mfa]
region = us-east-1
${role(accounts.other, 'AuditorWithMfa')}
mfa_serial = ${mfaSerial}
source_profile = keys
[profile sso]
region = us-east-1
${sso('work')}
[profile sso-role]
region = us-east-1
${role(accounts.home, 'FromSso')}
source_profile = sso
[profile sso-stale]
region = us-east-1
${sso('stale')}
[profile sso-stale-role]
region = us-east-1
${role(accounts.home, 'FromSso')}
source_profile = sso-stale
[profile sso-revoked]
region = us-east-1
${sso('revoked')}
[profile sso-never]
region = us-east-1
${sso('never')}
${['good', 'fails', 'stale', 'garbage']
  .map((kind) => `[profile process-${kind}]\nregion = us-east-1\ncredential_process = ${node} "${script}" ${kind}\n`)
  .join('')}
[profile nothing]
region = us-east-1
${['work', 'stale', 'revoked', 'never']
  .map((name) => `[sso-session ${name}]\nsso_region = us-east-1\nsso_start_url = https://example.com/start\n`)
  .join('')}`;

const node = `"${process.execPath}"`;

function createCredentialProcess(service: ConfigService): string {
  const { accessKeyId, secretAccessKey } = service.caller(accounts.other);
  const credentials = { Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey };
  const stale = { ...credentials, Expiration: '2020-01-01T00:00:00Z' };
  return `const kind = process.argv[2];
if (kind === 'good') console.log(${JSON.stringify(JSON.stringify(credentials))});
if (kind === 'stale') console.log(${JSON.stringify(JSON.stringify(stale))});
if (kind === 'garbage') console.log('token ${processSecret}');
if (kind === 'fails') {
  console.error('wrong password ${processSecret}');
  process.exitCode = 3;
}
`;
}
