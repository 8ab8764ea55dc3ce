import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { commands, window } from 'vscode';
import { loadProfiles } from '../../src/aws/credentials/profiles.ts';
import { retryOnFocus } from '../../src/views/connections/retryOnFocus.ts';
import { watchAwsFiles } from '../../src/views/connections/watchAwsFiles.ts';
import { mfaCode } from '../config-service/signIn.ts';
import { accounts, mfaSerial, processSecret, writeSsoToken } from '../support/aws/profileFiles.ts';
import { eventually, until } from '../support/polling.ts';
import { configService } from './configService.ts';
import { readLogLines } from './log.ts';
import { type Packscope, resetPackscope, waitUntilLoaded } from './packscope.ts';

/** Records messages, prompts and terminals instead of showing them. `codes` are the answers to prompts. */
interface Recorded {
  readonly warnings: string[];
  readonly prompts: string[];
  readonly terminals: string[];
  codes: (string | undefined)[];
}

describe('profiles of AWS configuration files', () => {
  let packscope: Packscope;
  const recorded: Recorded = { warnings: [], prompts: [], terminals: [], codes: [] };
  const original = {
    showWarningMessage: window.showWarningMessage,
    showInputBox: window.showInputBox,
    createTerminal: window.createTerminal,
  };

  const { AWS_REGION } = process.env;

  before(() => {
    // The variable takes precedence over the regions of profiles.
    delete process.env.AWS_REGION;
    Object.assign(window, {
      showWarningMessage: async (words: string) => void recorded.warnings.push(words),
      showInputBox: async ({ title, prompt, password }: Record<string, unknown>) => {
        recorded.prompts.push(`${title} | ${prompt} | ${password}`);
        return recorded.codes.shift();
      },
      createTerminal: ({ shellPath, shellArgs }: { shellPath: string; shellArgs: string[] }) => {
        recorded.terminals.push([shellPath, ...shellArgs].join(' '));
        return { show: () => undefined };
      },
    });
  });
  after(() => {
    Object.assign(window, original);
    Object.assign(process.env, { AWS_REGION });
  });
  beforeEach(() => {
    for (const list of [recorded.warnings, recorded.prompts, recorded.terminals, recorded.codes]) list.length = 0;
  });
  // Without these connections nothing is retried in later tests.
  afterEach(() => resetPackscope());

  const open = async (...profiles: string[]) => {
    packscope = await resetPackscope({ connections: profiles.map((profile) => ({ profile })) });
    packscope.estate.reset();
    await commands.executeCommand('packscope.packs.focus');
    await waitUntilLoaded(packscope);
  };
  const getRoots = () => Promise.all(packscope.tree.getChildren().map((node) => packscope.tree.getTreeItem(node)));
  const getLines = async () => (await getRoots()).map(({ label, description }) => `${label} | ${description}`);
  const findError = (profile: string) =>
    packscope.tree.getChildren().find((node) => node.kind === 'error' && node.connection.profile === profile);

  it('show a scope or an error for each profile', async () => {
    const valid = ['keys', 'role', 'chained', 'sso', 'sso-role', 'process-good'];
    const invalid = ['sso-stale', 'sso-revoked', 'process-garbage', 'process-fails', 'process-stale', 'nothing'];
    await open(...valid, ...invalid);
    const rootLines = (await getLines()).slice(0, valid.length + invalid.length);
    assert.deepEqual(rootLines.slice(0, valid.length), [
      `${accounts.home} · us-east-1 | keys`,
      `${accounts.other} · eu-central-1 | role`,
      `${accounts.home} · us-east-1 | chained`,
      `${accounts.other} · us-east-1 | sso`,
      `${accounts.home} · us-east-1 | sso-role`,
      `${accounts.other} · us-east-1 | process-good`,
    ]);
    const expired = 'Your AWS session has expired';
    const errors = rootLines.slice(valid.length).map((line) => line.split(' · ')[0]);
    assert.deepEqual(errors, [
      `${expired} | sso-stale`,
      `${expired} | sso-revoked`,
      'The credential_process of profile “process-garbage” failed | process-garbage',
      'The credential_process of profile “process-fails” failed | process-fails',
      `${expired} | process-stale`,
      'The profile “nothing” cannot be used | nothing',
    ]);
    const values = (await getRoots()).map(({ contextValue }) => contextValue);
    assert.equal(values.filter((value) => value === 'error.openFile').length, 3, values.join('\n'));
    assert.equal(values.filter((value) => value === 'error.signedOut').length, invalid.length - 3);
    await eventually(() => assert.equal(recorded.warnings.length, invalid.length - 3, recorded.warnings.join('\n')));
    assert(recorded.warnings.includes('Your session for profile “sso-stale” has expired.'));
    const shown = [...(await getLines()), ...recorded.warnings, ...(await readLogLines())].join('\n');
    assert(!shown.includes(processSecret));
  });

  it('sign in with the AWS CLI to the source profile of a role', async () => {
    const { HOME = '', PATH = '' } = process.env;
    await writeFile(join(HOME, process.platform === 'win32' ? 'aws.exe' : 'aws'), '', { mode: 0o700 });
    process.env.PATH = [HOME, PATH].join(delimiter);
    try {
      await open('sso-stale-role', 'keys');
      await commands.executeCommand('packscope.signIn', findError('sso-stale-role'));
    } finally {
      process.env.PATH = PATH;
    }
    assert.deepEqual(recorded.terminals, ['aws sso login --profile sso-stale']);
  });

  it('start no sign-in where the sign-in service fails', async () => {
    await open('process-good');
    await configService.setFaults({ refuse: { GetCallerIdentity: { name: 'InternalFailure', status: 500 } } });
    await commands.executeCommand('packscope.signIn', { profile: 'process-good' });
    await configService.setFaults({});
    assert.deepEqual(recorded.terminals, []);
    const expected = /^The sign-in service of AWS failed \(HTTP 500\)/;
    await eventually(() =>
      assert(
        recorded.warnings.some((words) => expected.test(words)),
        recorded.warnings.join('\n'),
      ),
    );
  });

  it('load after a sign-in, and warn once before it', async () => {
    await rm(`${process.env.HOME}/.aws/sso/cache`, { recursive: true });
    await open('sso-never', 'keys');
    await commands.executeCommand('packscope.refreshAll');
    await waitUntilLoaded(packscope);
    assert(findError('sso-never'));
    assert.equal(recorded.warnings.filter((words) => words.includes('sso-never')).length, 1);
    await writeSsoToken(process.env.HOME ?? '', 'never', await configService.signIn());
    await eventually(async () => assert.equal((await getLines())[0], `${accounts.other} · us-east-1 | sso-never`));
  });

  it('keep loaded rows when a session expires, warn once, and are retried on focus', async () => {
    await open('role', 'keys');
    await configService.expireSessions();
    await commands.executeCommand('packscope.refreshAll');
    await waitUntilLoaded(packscope);
    const [role, keys] = [`${accounts.other} · eu-central-1 | role`, `${accounts.home} · us-east-1 | keys`];
    const [first = '', ...others] = await getLines();
    assert.deepEqual(others.slice(0, 2), [role, keys]);
    assert.match(first, /^Your AWS session has expired \| role · /);
    await eventually(() => assert.deepEqual(recorded.warnings, ['Your session for profile “role” has expired.']));
    await retryOnFocus(packscope.estate, loadProfiles);
    await eventually(async () => assert.deepEqual((await getLines()).slice(0, 2), [role, keys]));
  });

  it('prompt for an MFA code once, and again on Sign In', async () => {
    await open('mfa', 'keys');
    assert.deepEqual(recorded.prompts, [
      `MFA Code for Profile “mfa” | Enter the current code from ${mfaSerial}. | true`,
    ]);
    assert(findError('mfa'));
    packscope.tree.refresh();
    await waitUntilLoaded(packscope);
    await retryOnFocus(packscope.estate, loadProfiles);
    await waitUntilLoaded(packscope);
    assert.equal(recorded.prompts.length, 1, 'Automatic retries must not prompt');
    recorded.codes.push(mfaCode);
    await commands.executeCommand('packscope.signIn', findError('mfa'));
    await eventually(async () => assert.equal((await getLines())[0], `${accounts.other} · us-east-1 | mfa`));
    assert.equal(recorded.prompts.length, 2);
  });

  it('are watched in folders that do not exist yet', async () => {
    const home = await mkdtemp(join(tmpdir(), 'packscope-home-'));
    const before = { ...process.env };
    delete process.env.AWS_CONFIG_FILE;
    delete process.env.AWS_SHARED_CREDENTIALS_FILE;
    process.env.HOME = home;
    const seen = { credentials: 0, signIns: 0 };
    const watcher = watchAwsFiles(
      () => (seen.credentials += 1),
      () => (seen.signIns += 1),
    );
    // A watcher does not report when it is ready, so missed changes are repeated.
    const assertSeen = (event: keyof typeof seen, act: () => Promise<unknown>) =>
      eventually(async () => {
        const before = seen[event];
        await act();
        await until(`the event ${event}`, () => seen[event] > before, 2);
      });
    const folder = join(home, '.aws');
    const cache = join(folder, 'sso', 'cache');
    const recreate = (path: string) => rm(path, { recursive: true, force: true }).then(() => mkdir(path));
    try {
      await assertSeen('credentials', () => recreate(folder));
      await assertSeen('credentials', () => writeFile(join(folder, 'config'), '[default]\n'));
      await assertSeen('signIns', () => recreate(join(folder, 'sso')));
      await assertSeen('signIns', () => recreate(cache));
      await assertSeen('signIns', () => writeFile(join(cache, 'a.json'), '{}'));
    } finally {
      watcher.dispose();
      Object.assign(process.env, before);
      await rm(home, { recursive: true });
    }
  });
});
