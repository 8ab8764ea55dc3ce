import assert from 'node:assert/strict';
import { commands, env } from 'vscode';
import { eventually } from '../support/polling.ts';
import { configService } from './configService.ts';
import { getNodesOfKind, resetPackscope, waitUntilLoaded } from './packscope.ts';
import { withAccount } from './withAccount.ts';

/** What the diagnostics say; they come by the clipboard. */
async function diagnostics(): Promise<string> {
  await env.clipboard.writeText('');
  await commands.executeCommand('packscope.copyDiagnostics');
  return env.clipboard.readText();
}

/** Reads a region with these faults. */
async function read(region: string, faults: Parameters<typeof configService.setFaults>[0]) {
  const packscope = await resetPackscope({ connections: [{ regions: [region] }] });
  await configService.setFaults(faults);
  await waitUntilLoaded(packscope);
  return packscope;
}

describe('the badge of the view', () => {
  it('is the number of non-compliant packs', async () => {
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

  it('is that of the connections of the settings, and none where nothing is known of them', async () => {
    const packscope = await resetPackscope();
    await waitUntilLoaded(packscope);
    await eventually(() => assert(packscope.tree.badge));
    await resetPackscope({ connections: [{ regions: ['us-status-1'] }] });
    await eventually(() => assert.equal(packscope.tree.badge, undefined));
    await resetPackscope();
    await eventually(() => assert(packscope.tree.badge));
  });

  it('goes with the identity it came from', async () => {
    const packscope = await resetPackscope();
    await waitUntilLoaded(packscope);
    await eventually(() => assert(packscope.tree.badge));
    await withAccount(packscope, undefined, () => eventually(() => assert.equal(packscope.tree.badge, undefined)));
  });
});

describe('the diagnostics', () => {
  it('come with the view never opened, and ask nothing', async () => {
    await resetPackscope({ connections: [{ regions: ['us-status-2'] }] });
    const report = await diagnostics();
    assert.match(report, /^# Packscope diagnostics\n\n- Packscope \d+\.\d+\.\d+\n- VS Code \d+\.\d+\.\d+, /);
    assert.match(report, /\n- packscope.connections: \[\{"region":"us-status-2"\}\]\n/);
    assert.match(
      report,
      /\n## Connection: default credentials · us-status-2 · account not known\n\n- Identity: not asked/,
    );
    assert.deepEqual(await configService.getRequests('us-status-2'), []);
  });

  it('tell of a sign-in that has expired', async () => {
    await read('us-status-3', { expiredCredentials: true });
    assert.match(await diagnostics(), /\n- Failure \(expired\): The sign-in to AWS has expired \(GetCallerIdentity/);
  });

  it('tell of a denied permission with the id of the request, and hold neither key nor signature', async () => {
    const { AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: secret } = process.env;
    assert(key && secret);
    const signature = 'ab12'.repeat(16);
    const message = `No: Credential=${key}/20260101/config, Signature=${signature}, or ${key} ${secret} ${signature}`;
    await read('us-status-4', {
      refuse: { DescribeConformancePackStatus: { name: 'AccessDeniedException', message } },
    });
    const report = await diagnostics();
    assert.match(report, /\(DescribeConformancePackStatus, request [\da-f-]{36}\): No: /);
    assert.match(report, /\nSet: .*AWS_SECRET_ACCESS_KEY/);
    for (const word of [key, secret, signature]) assert(!report.includes(word), report);
  });
});

describe('a muted pack', () => {
  it('says so to its menu until it is told of again', async () => {
    const packscope = await resetPackscope();
    await waitUntilLoaded(packscope);
    const [pack] = getNodesOfKind(packscope.tree, 'pack');
    assert(pack);
    const kind = async () => (await packscope.tree.getTreeItem(pack)).contextValue;
    assert.equal(await kind(), 'pack.deployed');
    await commands.executeCommand('packscope.mutePack', pack);
    assert.equal(await kind(), 'pack.muted');
    await commands.executeCommand('packscope.unmutePack', pack);
    assert.equal(await kind(), 'pack.deployed');
  });
});
