import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands, window } from 'vscode';
import { loadProfiles } from '../../src/aws/credentials/profiles.ts';
import { watchAwsFiles } from '../../src/views/connections/awsFiles.ts';
import { retryOnFocus } from '../../src/views/connections/retryOnFocus.ts';
import { mfaCode } from '../config-service/signIn.ts';
import { accounts, mfaSerial, processSecret, writeSsoToken } from '../support/aws/profileFiles.ts';
import { eventually, until } from '../support/polling.ts';
import { configService } from './configService.ts';
import { readLogLines } from './log.ts';
import { type Packscope, resetPackscope, waitUntilLoaded } from './packscope.ts';

/** What the person is asked and told, in place of what VS Code would show. */
interface Said {
  readonly warnings: string[];
  readonly prompts: string[];
  readonly terminals: string[];
  codes: (string | undefined)[];
}

describe('profiles of real AWS files', () => {
  let packscope: Packscope;
  const said: Said = { warnings: [], prompts: [], terminals: [], codes: [] };
  const original = {
    showWarningMessage: window.showWarningMessage,
    showInputBox: window.showInputBox,
    createTerminal: window.createTerminal,
  };

  const { AWS_REGION } = process.env;

  before(() => {
    // It would go before the regions of profiles.
    delete process.env.AWS_REGION;
    Object.assign(window, {
      showWarningMessage: async (words: string) => void said.warnings.push(words),
      showInputBox: async ({ title, prompt, password }: Record<string, unknown>) => {
        said.prompts.push(`${title} | ${prompt} | ${password}`);
        return said.codes.shift();
      },
      createTerminal: ({ shellPath, shellArgs }: { shellPath: string; shellArgs: string[] }) => {
        said.terminals.push([shellPath, ...shellArgs].join(' '));
        return { show: () => undefined };
      },
    });
  });
  after(() => {
    Object.assign(window, original);
    Object.assign(process.env, { AWS_REGION });
  });
  beforeEach(() => {
    for (const list of [said.warnings, said.prompts, said.terminals, said.codes]) list.length = 0;
  });
  // What is signed out would be tried again later.
  afterEach(() => resetPackscope());

  const open = async (...profiles: string[]) => {
    packscope = await resetPackscope({ connections: profiles.map((profile) => ({ profile })) });
    packscope.estate.reset();
    await commands.executeCommand('packscope.packs.focus');
    await waitUntilLoaded(packscope);
  };
  const roots = () => Promise.all(packscope.tree.getChildren().map((node) => packscope.tree.getTreeItem(node)));
  const lines = async () => (await roots()).map(({ label, description }) => `${label} | ${description}`);
  const errorOf = (profile: string) =>
    packscope.tree.getChildren().find((node) => node.kind === 'error' && node.connection.profile === profile);

  it('each have a root of their account and region, or one that says how they fail', async () => {
    const good = ['keys', 'role', 'chained', 'sso', 'sso-role', 'process-good'];
    const bad = ['sso-stale', 'sso-revoked', 'process-garbage', 'process-fails', 'process-stale', 'nothing'];
    await open(...good, ...bad);
    const found = (await lines()).slice(0, good.length + bad.length);
    assert.deepEqual(found.slice(0, good.length), [
      `${accounts.home} · us-east-1 | keys`,
      `${accounts.other} · eu-central-1 | role`,
      `${accounts.home} · us-east-1 | chained`,
      `${accounts.other} · us-east-1 | sso`,
      `${accounts.home} · us-east-1 | sso-role`,
      `${accounts.other} · us-east-1 | process-good`,
    ]);
    const expired = 'The sign-in to AWS has expired';
    const signedOut = 'Not signed in to AWS';
    const heads = found.slice(good.length).map((line) => line.split(' · ')[0]);
    assert.deepEqual(heads, [
      `${expired} | sso-stale`,
      `${expired} | sso-revoked`,
      `${signedOut} | process-garbage`,
      `${signedOut} | process-fails`,
      `${expired} | process-stale`,
      `${signedOut} | nothing`,
    ]);
    const values = (await roots()).map(({ contextValue }) => contextValue);
    assert.equal(values.filter((value) => value === 'error.signedOut').length, bad.length);
    await eventually(() => assert.equal(said.warnings.length, bad.length, said.warnings.join('\n')));
    assert(said.warnings.includes('Your session for profile “sso-stale” has expired.'));
    const shown = [...(await lines()), ...said.warnings, ...(await readLogLines())].join('\n');
    assert(!shown.includes(processSecret));
  });

  it('sign in by the AWS CLI where a role begins', async () => {
    await open('sso-stale-role', 'keys');
    await commands.executeCommand('packscope.signIn', errorOf('sso-stale-role'));
    assert.deepEqual(said.terminals, ['aws sso login --profile sso-stale']);
  });

  it('load by themselves after a sign-in, and are told of once until then', async () => {
    await rm(`${process.env.HOME}/.aws/sso/cache`, { recursive: true });
    await open('sso-never', 'keys');
    await commands.executeCommand('packscope.refreshAll');
    await waitUntilLoaded(packscope);
    assert(errorOf('sso-never'));
    assert.equal(said.warnings.filter((words) => words.includes('sso-never')).length, 1);
    await writeSsoToken(process.env.HOME ?? '', 'never', await configService.signIn());
    await eventually(async () => assert.equal((await lines())[0], `${accounts.other} · us-east-1 | sso-never`));
  });

  it('keep what is known when a session expires, say so once, and are tried again with the focus', async () => {
    await open('role', 'keys');
    await configService.expireSessions();
    await commands.executeCommand('packscope.refreshAll');
    await waitUntilLoaded(packscope);
    const [role, keys] = [`${accounts.other} · eu-central-1 | role`, `${accounts.home} · us-east-1 | keys`];
    const [first = '', ...others] = await lines();
    assert.deepEqual(others.slice(0, 2), [role, keys]);
    assert.match(first, /^The sign-in to AWS has expired \| role · /);
    await eventually(() => assert.deepEqual(said.warnings, ['Your session for profile “role” has expired.']));
    await retryOnFocus(packscope.estate, loadProfiles);
    await waitUntilLoaded(packscope);
    assert.deepEqual((await lines()).slice(0, 2), [role, keys]);
  });

  it('ask for a code once, and again only when the person does', async () => {
    await open('mfa', 'keys');
    assert.deepEqual(said.prompts, [`MFA Code for Profile “mfa” | Enter the current code from ${mfaSerial}. | true`]);
    assert(errorOf('mfa'));
    packscope.tree.refresh();
    await waitUntilLoaded(packscope);
    await retryOnFocus(packscope.estate, loadProfiles);
    await waitUntilLoaded(packscope);
    assert.equal(said.prompts.length, 1, 'what nobody asked for asks for nothing');
    said.codes.push(mfaCode);
    await commands.executeCommand('packscope.signIn', errorOf('mfa'));
    await eventually(async () => assert.equal((await lines())[0], `${accounts.other} · us-east-1 | mfa`));
    assert.equal(said.prompts.length, 2);
  });

  it('are watched in folders that are not there yet', async () => {
    const home = await mkdtemp(join(tmpdir(), 'packscope-home-'));
    const before = { ...process.env };
    delete process.env.AWS_CONFIG_FILE;
    delete process.env.AWS_SHARED_CREDENTIALS_FILE;
    process.env.HOME = home;
    const seen = { credentials: 0, signIns: 0 };
    const watching = watchAwsFiles(
      () => (seen.credentials += 1),
      () => (seen.signIns += 1),
    );
    // A watcher says nothing of when it begins to watch: what it has missed is done again.
    const sees = (what: keyof typeof seen, act: () => Promise<unknown>) =>
      eventually(async () => {
        const before = seen[what];
        await act();
        await until(`${what} to be seen`, () => seen[what] > before, 2);
      }, 30);
    const folder = join(home, '.aws');
    const cache = join(folder, 'sso', 'cache');
    const make = (path: string) => rm(path, { recursive: true, force: true }).then(() => mkdir(path));
    try {
      await sees('credentials', () => make(folder));
      await sees('credentials', () => writeFile(join(folder, 'config'), '[default]\n'));
      await sees('signIns', () => make(join(folder, 'sso')));
      await sees('signIns', () => make(cache));
      await sees('signIns', () => writeFile(join(cache, 'a.json'), '{}'));
    } finally {
      watching.dispose();
      Object.assign(process.env, before);
      await rm(home, { recursive: true });
    }
  });
});
