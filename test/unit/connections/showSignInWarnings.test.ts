import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ComplianceError } from '../../../src/compliance/errors.ts';
import type { Profile } from '../../../src/compliance/source.ts';
import { Estate } from '../../../src/compliance/store/estate.ts';
import { commandIds } from '../../../src/manifest.ts';
import type { ConnectionDependencies } from '../../../src/views/connections/connectionWatchers.ts';
import { stubVSCode } from '../../support/bundle/vscodeStub.ts';
import { createSource } from '../../support/fakeSource.ts';
import { createTemporaryFolder } from '../../support/folders.ts';
import { until } from '../../support/polling.ts';

const audit: Profile = { name: 'audit', region: undefined, kind: 'sso', source: 'audit', requiresMfa: false };

/** What the commands need, with a configuration that has this error, if any. */
const createDependencies = (estate: Estate, error?: ComplianceError): ConnectionDependencies => ({
  estate,
  loadProfiles: async () => [audit],
  loadChecks: async () => ({
    findConfigurationError: async () => error,
    findRegionInForce: async () => ({
      region: 'us-east-1',
      origin: { kind: 'environment', variable: 'AWS_REGION' },
    }),
  }),
});

describe('showSignInWarnings', () => {
  before(stubVSCode);

  const { PATH } = process.env;
  let folder: string;

  /** The folder is on the PATH. */
  beforeEach(async () => {
    folder = await createTemporaryFolder(tmpdir());
    process.env.PATH = folder;
  });
  afterEach(async () => {
    process.env.PATH = PATH;
    await rm(folder, { recursive: true });
  });
  const installCli = () => writeFile(join(folder, 'aws'), '', { mode: 0o755 });

  const createSignedOutEstate = () =>
    new Estate({
      open: async () => {
        throw new ComplianceError('expired', 'The token has expired.');
      },
      aggregatorNames: () => [],
    });

  it('signs in the connection when Sign In is clicked', async () => {
    await installCli();
    const vscode = await import('vscode');
    const { showSignInWarnings } = await import('../../../src/views/connections/showSignInWarnings.ts');
    const { signIn } = await import('../../../src/views/connections/signIn.ts');
    const estate = createSignedOutEstate();
    const started: unknown[] = [];
    Object.assign(vscode.window, {
      showWarningMessage: async (_message: string, ...buttons: string[]) => buttons.find((name) => name === 'Sign In'),
      createTerminal: ({ shellArgs }: { shellArgs: string[] }) => {
        started.push(shellArgs);
        return { show: () => undefined };
      },
    });
    Object.assign(vscode.commands, {
      executeCommand: async (id: string, args: unknown) => {
        if (id === commandIds.signIn) await signIn(createDependencies(estate), args);
      },
    });
    showSignInWarnings(estate);
    await estate.getStore({ profile: 'audit', region: 'us-east-1' }).identity.loadMore();
    await until('the sign-in', () => started.length > 0);
    assert.deepEqual(started, [['sso', 'login', '--profile', 'audit']]);
    estate.dispose();
  });

  it('offers to correct the configuration instead, where a sign-in would not help', async () => {
    const vscode = await import('vscode');
    const { signIn } = await import('../../../src/views/connections/signIn.ts');
    const estate = new Estate({ open: async () => createSource(), aggregatorNames: () => [] });
    const origin = {
      kind: 'file',
      file: '/home/me/.aws/config',
      line: 7,
      profile: 'audit',
      key: 'sso_session',
    } as const;
    const error = new ComplianceError('profileInvalid', 'sso_session names no section', { origin, value: 'work' });
    const shown: string[] = [];
    const run: unknown[] = [];
    Object.assign(vscode.window, {
      showWarningMessage: async (message: string, ...buttons: string[]) => {
        shown.push(message);
        return buttons[0];
      },
      createTerminal: () => assert.fail('No terminal is opened'),
    });
    Object.assign(vscode.commands, { executeCommand: async (...args: unknown[]) => run.push(args) });
    await signIn(createDependencies(estate, error), { profile: 'audit', region: 'us-east-1' });
    await until('the command', () => run.length > 0);
    assert.match(shown.join(), /sso_session of profile “audit” in \/home\/me\/\.aws\/config, line 7/);
    assert.deepEqual(run, [[commandIds.openFile, { file: '/home/me/.aws/config', line: 7 }]]);
    estate.dispose();
  });

  /** Runs Sign In, and returns the message and its buttons. `click` is the button that is clicked. */
  async function runSignIn(estate: Estate, args: object, click?: string): Promise<readonly unknown[]> {
    const vscode = await import('vscode');
    const { signIn } = await import('../../../src/views/connections/signIn.ts');
    const shown: unknown[] = [];
    Object.assign(vscode.window, {
      showInformationMessage: async (...message: unknown[]) => {
        shown.push(...message);
        return click;
      },
      createTerminal: () => assert.fail('No terminal is opened'),
    });
    await signIn(createDependencies(estate), args);
    await until('the message', () => shown.length > 0);
    estate.dispose();
    return shown;
  }

  it('says who is signed in where the credentials are valid', async () => {
    const estate = new Estate({ open: async () => createSource(), aggregatorNames: () => [] });
    assert.deepEqual(await runSignIn(estate, { profile: 'audit' }), [
      'You are signed in as arn:aws:sts::111122223333:assumed-role/Audit/me in account 111122223333 with profile audit. Region: us-east-1 from the environment variable AWS_REGION.',
      'Sign In Again',
      'Switch Profile',
    ]);
  });

  it('explains that the AWS CLI is missing, and where to get it', async () => {
    assert.deepEqual(await runSignIn(createSignedOutEstate(), { profile: 'audit' }), [
      'Signing in runs “aws sso login --profile audit”, but the AWS CLI is not on the PATH of VS Code. Install it and restart VS Code, or run the command where you have it, then retry.',
      'Install the AWS CLI',
      'Copy Command',
      'Retry',
    ]);
  });

  it('offers a profile and sample data where nothing is set up', async () => {
    const [text, ...buttons] = await runSignIn(createSignedOutEstate(), { profile: 'other' });
    assert.match(String(text), /no profile “other”/);
    assert.deepEqual(buttons, ['Retry', 'Select Profile and Region', 'Explore Sample Data', 'Learn More']);
  });
});
