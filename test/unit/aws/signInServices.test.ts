import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { type ClientRequest, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findOutputProblem, runProcess } from '../../../src/aws/credentials/credentialProcess.ts';
import { ComplianceError, type ErrorDetails, type ErrorKind } from '../../../src/compliance/errors.ts';
import type { Connection } from '../../../src/compliance/source.ts';
import { type FaultSample, faultSamples } from '../../config-service/faultSamples.ts';
import { type ConfigService, startConfigService } from '../../config-service/index.ts';
import { createOpenSource } from '../../support/aws/openSource.ts';
import { writeProfileFiles, writeSsoToken } from '../../support/aws/profileFiles.ts';
import { withAwsFiles } from '../../support/aws/withAwsFiles.ts';
import { eventually } from '../../support/polling.ts';

const { signal } = new AbortController();

const getProfile = ({ origin }: ErrorDetails) => (origin?.kind === 'file' ? origin.profile : undefined);

const open = createOpenSource({ pageSize: () => 100, requestsPerSecond: () => 1000, log: () => {} });

const getError = async (connection: Connection): Promise<ComplianceError> => {
  const source = await open(connection);
  const error = await source.getScope(signal).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert(error instanceof ComplianceError);
  return error;
};

describe('Errors of sign-in services', () => {
  let service: ConfigService;
  let folder: string;
  let environment: NodeJS.ProcessEnv;

  beforeEach(async () => {
    service = await startConfigService({ estate: 'demo' });
    folder = await mkdtemp(join(tmpdir(), 'packscope-aws-'));
    environment = { ...process.env };
    for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
    const files = await writeProfileFiles(folder, service);
    await writeFile(join(folder, 'token'), 'a web identity token');
    const web = `[profile web]
region = us-east-1
role_arn = arn:aws:iam::318604927715:role/Web
web_identity_token_file = ${join(folder, 'token')}
[profile sso-renewed]
region = us-east-1
sso_session = renewed
sso_account_id = 467120985533
sso_role_name = ReadOnly
[sso-session renewed]
sso_region = us-east-1
sso_start_url = https://example.com/start
`;
    await writeFile(join(folder, 'config'), `${await readFile(join(folder, 'config'), 'utf8')}${web}`);
    const settings = { AWS_ENDPOINT_URL: service.url, AWS_EC2_METADATA_DISABLED: 'true', AWS_MAX_ATTEMPTS: '1' };
    Object.assign(process.env, files, settings);
  });

  afterEach(async () => {
    for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
    Object.assign(process.env, environment);
    await service.close();
    await rm(folder, { recursive: true });
  });

  const samples: readonly (readonly [FaultSample, string, ErrorKind, string, string, number])[] = [
    ['throttledPortal', 'sso', 'throttled', 'sso', 'GetRoleCredentials', 429],
    ['failedPortal', 'sso', 'signInServiceFailed', 'sso', 'GetRoleCredentials', 500],
    ['unavailablePortal', 'sso-role', 'signInServiceFailed', 'sso', 'GetRoleCredentials', 503],
    ['failedOidc', 'sso-renewed', 'signInServiceFailed', 'sso-oidc', 'CreateToken', 500],
    ['throttledSts', 'role', 'throttled', 'sts', 'AssumeRole', 400],
    ['failedSts', 'role', 'signInServiceFailed', 'sts', 'AssumeRole', 500],
    ['unavailableSts', 'web', 'signInServiceFailed', 'sts', 'AssumeRoleWithWebIdentity', 503],
  ];
  for (const [sample, profile, kind, ofService, operation, status] of samples) {
    it(`keep their evidence: ${sample} with ${profile}`, async () => {
      // The SDK renews a session only once in 30 seconds, so no other test uses it.
      await writeSsoToken(folder, 'renewed', { ...service.signIn(), expiresAt: new Date(Date.now() - 1000) });
      service.faults = faultSamples[sample];
      const { kind: actual, details, message } = await getError({ profile });
      assert.deepEqual(
        [actual, details.service, details.operation, details.status],
        [kind, ofService, operation, status],
        message,
      );
      assert.match(details.requestId ?? '', /^[0-9a-f-]{36}$/);
    });
  }

  it('tell a captive portal from the SSO portal', async () => {
    service.faults = { answer: { GetRoleCredentials: 'captivePortal' } };
    assert.equal((await getError({ profile: 'sso' })).kind, 'intermediary');
    service.faults = { answer: { GetRoleCredentials: 'webFilter' } };
    assert.equal((await getError({ profile: 'sso' })).kind, 'intermediary');
  });

  it('tell a web filter that sends JSON or text from the SSO portal', async () => {
    for (const status of [400, 401, 403, 404]) {
      for (const [type, body] of [
        ['application/json', '{"message":"blocked"}'],
        ['text/plain', 'blocked'],
      ] as const) {
        const answer = { status, headers: { 'Content-Type': type }, body };
        service.faults = { answer: { GetRoleCredentials: answer } };
        assert.equal((await getError({ profile: 'sso' })).kind, 'intermediary', `${status} ${type}`);
      }
    }
  });

  it('tell a rejected web identity token from an expired session', async () => {
    for (const name of ['ExpiredTokenException', 'InvalidIdentityToken', 'IDPRejectedClaim']) {
      service.faults = { refuse: { AssumeRoleWithWebIdentity: { name, message: 'No.', status: 400 } } };
      assert.equal((await getError({ profile: 'web' })).kind, 'identityTokenRejected', name);
    }
    service.faults = { refuse: { AssumeRoleWithWebIdentity: { name: 'IDPCommunicationError', status: 400 } } };
    assert.equal((await getError({ profile: 'web' })).kind, 'signInServiceFailed');
  });

  it('name a role of the SSO portal that does not exist', async () => {
    service.faults = { refuse: { GetRoleCredentials: { name: 'ResourceNotFoundException', message: 'No role' } } };
    const { kind, details, message } = await getError({ profile: 'sso' });
    assert.deepEqual([kind, details.errorName, message], ['signInRejected', 'ResourceNotFoundException', 'No role']);
  });

  it('quote why STS rejects the request for a role', async () => {
    const reason = 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.';
    service.faults = { refuse: { AssumeRole: { name: 'ValidationError', message: reason } } };
    const { kind, details, message } = await getError({ profile: 'role' });
    assert.deepEqual([kind, details.errorName, message], ['signInRejected', 'ValidationError', reason]);
  });

  it('say how far this computer’s clock is off', async () => {
    for (const [sample, minutes] of [
      ['clockAhead', 20],
      ['clockBehind', -20],
    ] as const) {
      service.faults = faultSamples[sample];
      const { kind, details } = await getError({ profile: 'keys' });
      assert.deepEqual([kind, details.clockSkewMinutes], ['clockWrong', minutes]);
    }
  });

  it('tell an answer without credentials from a missing sign-in', async () => {
    const headers = { 'Content-Type': 'application/json' };
    service.faults = { answer: { GetRoleCredentials: { status: 200, headers, body: '{}', isFromAws: true } } };
    const { kind, details } = await getError({ profile: 'sso' });
    assert.deepEqual([kind, details.service], ['unreadable', 'sso']);
  });

  it('say that the file of an SSO session cannot be read', async () => {
    await writeSsoToken(folder, 'never', {});
    const cache = join(folder, '.aws', 'sso', 'cache');
    for (const name of await readdir(cache)) await writeFile(join(cache, name), 'null');
    const { kind, message } = await getError({ profile: 'sso-never' });
    assert.deepEqual(
      [kind, message],
      ['signedOut', 'The file with the SSO session of profile “sso-never” cannot be read.'],
    );
  });

  it('ask to sign in where the time of an SSO session cannot be read', async () => {
    await writeSsoToken(folder, 'never', { accessToken: 'token', expiresAt: 'soon' });
    const { kind, message } = await getError({ profile: 'sso-never' });
    // The SDK tries to renew the session, but only once in 30 seconds.
    assert(kind === 'signedOut' || kind === 'expired', kind);
    assert.match(message, /SSO session of profile “sso-never” (cannot be read|has expired)\.$/);
  });

  const chains: readonly (readonly [Readonly<Record<string, string>>, string, RegExp])[] = [
    [{ AWS_ACCESS_KEY_ID: 'AKIDNOBODY' }, 'AWS_ACCESS_KEY_ID', /AWS_SECRET_ACCESS_KEY is not$/],
    [{ AWS_SECRET_ACCESS_KEY: 'nothing' }, 'AWS_SECRET_ACCESS_KEY', /AWS_ACCESS_KEY_ID is not$/],
    [{ AWS_WEB_IDENTITY_TOKEN_FILE: '/nowhere' }, 'AWS_WEB_IDENTITY_TOKEN_FILE', /AWS_ROLE_ARN is not$/],
    [
      { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://example.com/' },
      'AWS_CONTAINER_CREDENTIALS_FULL_URI',
      /returned no credentials$/,
    ],
    [{ AWS_PROFILE: 'nothing', AWS_SECRET_ACCESS_KEY: 'nothing' }, 'nothing', /^It has no access key/],
  ];
  for (const [variables, origin, expected] of chains) {
    it(`name what the default chain could not use: ${Object.keys(variables)}`, async () => {
      Object.assign(process.env, { AWS_REGION: 'us-east-1' }, variables);
      const { kind, details, message } = await getError({});
      assert.equal(kind, 'profileInvalid');
      assert.equal(details.origin?.kind === 'environment' ? details.origin.variable : getProfile(details), origin);
      assert.match(message, expected);
    });
  }

  it('are no reason to wait: a manual retry asks again while the service does not answer', async () => {
    const { promise: asked, resolve } = Promise.withResolvers<void>();
    const silent = createServer(() => resolve()).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    process.env.AWS_ENDPOINT_URL_SSO = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    let generation = 0;
    const source = await createOpenSource({
      pageSize: () => 100,
      requestsPerSecond: () => 1000,
      log: () => {},
      mfa: { promptForCode: async () => undefined, generation: () => generation },
    })({ profile: 'sso' });
    const first = source.getScope(signal);
    await asked;
    delete process.env.AWS_ENDPOINT_URL_SSO;
    generation += 1;
    assert.equal((await source.getScope(signal)).account, '467120985533');
    silent.close();
    silent.closeAllConnections();
    await assert.rejects(first, { kind: 'connectionLost' });
  });

  it('end when the service is back', async () => {
    service.faults = faultSamples.throttledPortal;
    const source = await open({ profile: 'sso' });
    await assert.rejects(source.getScope(signal), { kind: 'throttled' });
    service.faults = {};
    assert.equal((await (await open({ profile: 'sso' })).getScope(signal)).account, '467120985533');
  });
});

describe('Endpoints of sign-in services', () => {
  const keys = 'aws_access_key_id = AKIDNOBODY\naws_secret_access_key = nothing\n';
  const createRole = (partition: string) =>
    `role_arn = arn:${partition}:iam::318604927715:role/Auditor\nsource_profile = base\n`;

  /** Returns the hosts of all requests, none of which is sent. */
  const getHosts = async (config: string, connection: Connection): Promise<readonly string[]> => {
    const hosts: string[] = [];
    const stop = (message: unknown) => {
      const { request } = message as { readonly request: ClientRequest };
      hosts.push(request.host);
      request.destroy(Object.assign(new Error('stopped'), { code: 'ECONNREFUSED' }));
    };
    subscribe('http.client.request.created', stop);
    try {
      await withAwsFiles(config, `[base]\n${keys}`, async () => {
        Object.assign(process.env, { AWS_EC2_METADATA_DISABLED: 'true', AWS_MAX_ATTEMPTS: '1' });
        await getError(connection);
      });
    } finally {
      unsubscribe('http.client.request.created', stop);
    }
    return [...new Set(hosts)];
  };

  const samples: readonly (readonly [string, string, Connection, string])[] = [
    ['the FIPS setting', `${keys}region = us-east-1\nuse_fips_endpoint = true`, {}, 'sts-fips.us-east-1.amazonaws.com'],
    ['the dual-stack setting', `${keys}region = us-east-1\nuse_dualstack_endpoint = true`, {}, 'sts.us-east-1.api.aws'],
    [
      'the FIPS setting of a role',
      `${createRole('aws')}region = us-west-2\nuse_fips_endpoint = true`,
      {},
      'sts-fips.us-west-2.amazonaws.com',
    ],
    [
      'the partition of a role',
      createRole('aws-us-gov'),
      { region: 'us-gov-east-1' },
      'sts.us-gov-east-1.amazonaws.com',
    ],
    ['the partition cn', createRole('aws-cn'), { region: 'cn-north-1' }, 'sts.cn-north-1.amazonaws.com.cn'],
    ['the partition iso', keys, { region: 'us-iso-east-1' }, 'sts.us-iso-east-1.c2s.ic.gov'],
    ['the partition iso-b', createRole('aws-iso-b'), { region: 'us-isob-east-1' }, 'sts.us-isob-east-1.sc2s.sgov.gov'],
    ['the partition iso-e', keys, { region: 'eu-isoe-west-1' }, 'sts.eu-isoe-west-1.cloud.adc-e.uk'],
    [
      'the partition iso-f',
      createRole('aws-iso-f'),
      { region: 'us-isof-south-1' },
      'sts.us-isof-south-1.csp.hci.ic.gov',
    ],
    ['the partition eusc', createRole('aws-eusc'), { region: 'eusc-de-east-1' }, 'sts.eusc-de-east-1.amazonaws.eu'],
  ];
  for (const [what, profile, connection, host] of samples) {
    it(`follow ${what}`, async () => {
      const hosts = await getHosts(`[profile dev]\n${profile}\n`, { profile: 'dev', ...connection });
      // Without an answer of STS, AWS Config is asked.
      assert.equal(hosts[0], host);
    });
  }

  it('follow the FIPS setting of an SSO profile', async () => {
    const config = `[profile dev]
region = us-east-1
use_fips_endpoint = true
sso_session = fips
sso_account_id = 318604927715
sso_role_name = ReadOnly
[sso-session fips]
sso_region = us-east-1
sso_start_url = https://example.com/start
`;
    const home = await mkdtemp(join(tmpdir(), 'packscope-home-'));
    const before = process.env.HOME;
    process.env.HOME = home;
    try {
      await writeSsoToken(home, 'fips', { accessToken: 'token', expiresAt: new Date(Date.now() + 3_600_000) });
      assert.deepEqual(await getHosts(config, { profile: 'dev' }), ['portal.sso-fips.us-east-1.amazonaws.com']);
    } finally {
      if (before === undefined) delete process.env.HOME;
      else process.env.HOME = before;
      await rm(home, { recursive: true });
    }
  });
});

describe('findOutputProblem', () => {
  for (const [output, problem] of [
    ['', 'it printed nothing'],
    [' \n', 'it printed nothing'],
    ['null\n', 'it printed no credentials'],
    ['{}', undefined],
  ] as const) {
    it(`returns ${problem} for ${JSON.stringify(output)}`, () => assert.equal(findOutputProblem(output), problem));
  }
});

describe('runProcess', () => {
  const node = JSON.stringify(process.execPath);

  it('returns the output', async () => {
    assert.equal(await runProcess(`${node} -e "console.log(1 + 1)"`, 10_000), '2\n');
  });

  it('rejects with the first line of the error output, without likely secrets', async () => {
    const script = `console.error('\\\\n  bad password swordfish for k3yk3yk3y --pin=1234 in /home/me/v2file1\\\\nmore'); process.exit(3)`;
    await assert.rejects(runProcess(`${node} -e "${script}"`, 10_000), {
      message: 'The credential_process failed: bad password … for … … in /home/me/v2file1',
    });
  });

  it('rejects with the exit code if there is no error output', async () => {
    await assert.rejects(runProcess('exit 7', 10_000), {
      message: 'The credential_process failed: its exit code is 7',
    });
  });

  it('stops a process that never ends, and what it has started', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'packscope-process-'));
    const file = join(folder, 'port');
    const script = `const server = require('net').createServer().listen(0, '127.0.0.1', () => require('fs').writeFileSync('${file}', String(server.address().port)))`;
    await assert.rejects(runProcess(`${node} -e "${script}"; true`, 2000), {
      message: 'The credential_process did not end',
    });
    const port = Number(await readFile(file, 'utf8'));
    // The port is closed as soon as the process has ended.
    await eventually(() =>
      assert.rejects(fetch(`http://127.0.0.1:${port}`, { signal: AbortSignal.timeout(500) }), TypeError),
    );
    await rm(folder, { recursive: true });
  });
});
