import assert from 'node:assert/strict';
import { commands, env } from 'vscode';
import { eventually } from '../support/polling.ts';
import { configService } from './configService.ts';
import { getNodesOfKind, resetPackscope, waitUntilLoaded } from './packscope.ts';
import { withAccount } from './withAccount.ts';

/** Runs Copy Diagnostics and returns the report. */
async function copyDiagnostics(): Promise<string> {
  await env.clipboard.writeText('');
  await commands.executeCommand('packscope.copyDiagnostics');
  return env.clipboard.readText();
}

/** Loads a region with these faults. */
async function load(region: string, faults: Parameters<typeof configService.setFaults>[0]) {
  const packscope = await resetPackscope({ connections: [{ regions: [region] }] });
  await configService.setFaults(faults);
  await waitUntilLoaded(packscope);
  return packscope;
}

describe('the badge of the view', () => {
  it('shows the number of non-compliant packs', async () => {
    const packscope = await resetPackscope();
    await waitUntilLoaded(packscope);
    const failing = getNodesOfKind(packscope.tree, 'pack').filter(({ pack }) => (pack.score?.percent ?? 100) < 100);
    assert(failing.length > 0);
    await eventually(() =>
      assert.deepEqual(packscope.tree.badge, {
        value: failing.length,
        tooltip: `${failing.length} non-compliant packs in 1 account and region`,
      }),
    );
  });

  it('counts configured connections only, and is hidden before they are loaded', async () => {
    const packscope = await resetPackscope();
    await waitUntilLoaded(packscope);
    await eventually(() => assert(packscope.tree.badge));
    await resetPackscope({ connections: [{ regions: ['us-status-1'] }] });
    await eventually(() => assert.equal(packscope.tree.badge, undefined));
    await resetPackscope();
    await eventually(() => assert(packscope.tree.badge));
  });

  it('is hidden after the credentials are removed', async () => {
    const packscope = await resetPackscope();
    await waitUntilLoaded(packscope);
    await eventually(() => assert(packscope.tree.badge));
    await withAccount(packscope, undefined, () => eventually(() => assert.equal(packscope.tree.badge, undefined)));
  });
});

describe('Copy Diagnostics', () => {
  it('sends no request and does not need the view', async () => {
    await resetPackscope({ connections: [{ regions: ['us-status-2'] }] });
    const report = await copyDiagnostics();
    assert.match(report, /^# Packscope diagnostics\n\n- Packscope \d+\.\d+\.\d+\n- VS Code \d+\.\d+\.\d+, /);
    assert.match(report, /\n- packscope.connections: \[\{"region":"us-status-2"\}\]\n/);
    assert.match(
      report,
      /\n## Connection: default credentials · us-status-2 · unknown account\n\n- Account: not loaded/,
    );
    assert.deepEqual(await configService.getRequests('us-status-2'), []);
  });

  it('reports an expired session', async () => {
    await load('us-status-3', { expiredCredentials: true });
    assert.match(await copyDiagnostics(), /\n- Failure \(expired\): Your AWS session has expired \(GetCallerIdentity/);
  });

  it('reports a denied permission with the request id and without secrets', async () => {
    const { AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: secret } = process.env;
    assert(key && secret);
    const signature = 'ab12'.repeat(16);
    const message = `No: Credential=${key}/20260101/config, Signature=${signature}, or ${key} ${secret} ${signature}`;
    await load('us-status-4', {
      refuse: { DescribeConformancePackStatus: { name: 'AccessDeniedException', message } },
    });
    const report = await copyDiagnostics();
    assert.match(report, /\(DescribeConformancePackStatus, request [\da-f-]{36}\): No: /);
    assert.match(report, /\nSet: .*AWS_SECRET_ACCESS_KEY/);
    for (const secretText of [key, secret, signature]) assert(!report.includes(secretText), report);
  });
});

describe('Mute Notifications', () => {
  it('changes the context value of the pack until it is unmuted', async () => {
    const packscope = await resetPackscope();
    await waitUntilLoaded(packscope);
    const [pack] = getNodesOfKind(packscope.tree, 'pack');
    assert(pack);
    const getContextValue = async () => (await packscope.tree.getTreeItem(pack)).contextValue;
    assert.equal(await getContextValue(), 'pack.deployed');
    await commands.executeCommand('packscope.mutePack', pack);
    assert.equal(await getContextValue(), 'pack.muted');
    await commands.executeCommand('packscope.unmutePack', pack);
    assert.equal(await getContextValue(), 'pack.deployed');
  });
});
