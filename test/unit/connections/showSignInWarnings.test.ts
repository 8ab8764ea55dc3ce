import assert from 'node:assert/strict';
import { ComplianceError } from '../../../src/compliance/errors.ts';
import type { Profile } from '../../../src/compliance/source.ts';
import { Estate } from '../../../src/compliance/store/estate.ts';
import { commandIds } from '../../../src/manifest.ts';
import { stubVSCode } from '../../support/bundle/vscodeStub.ts';
import { createSource } from '../../support/fakeSource.ts';
import { until } from '../../support/polling.ts';

const audit: Profile = { name: 'audit', region: undefined, kind: 'sso', source: 'audit', requiresMfa: false };
const loadProfiles = async () => [audit];

describe('showSignInWarnings', () => {
  before(stubVSCode);

  it('signs in the connection when Sign In is clicked', async () => {
    const vscode = await import('vscode');
    const { showSignInWarnings } = await import('../../../src/views/connections/showSignInWarnings.ts');
    const { signIn } = await import('../../../src/views/connections/signIn.ts');
    const estate = new Estate({
      open: async () => {
        throw new ComplianceError('expired', 'The token has expired.');
      },
      aggregatorNames: () => [],
    });
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
        if (id === commandIds.signIn) await signIn(estate, loadProfiles, args);
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
    await signIn(estate, loadProfiles, { profile: 'audit', region: 'us-east-1' }, async () => error);
    await until('the command', () => run.length > 0);
    assert.match(shown.join(), /sso_session of profile “audit” in \/home\/me\/\.aws\/config, line 7/);
    assert.deepEqual(run, [[commandIds.openFile, { file: '/home/me/.aws/config', line: 7 }]]);
    estate.dispose();
  });
});
