import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commands, env, window } from 'vscode';
import { describeError } from '../../src/compliance/text/errorMessages.ts';
import type { Faults } from '../config-service/faults.ts';
import { mfaCode } from '../config-service/signIn.ts';
import { processSecret, writeSsoToken } from '../support/aws/profileFiles.ts';
import { eventually, until } from '../support/polling.ts';
import { configService } from './configService.ts';
import { isLogAvailable, readLogLines } from './log.ts';
import { getNodes, type Packscope, resetPackscope, waitUntilLoaded } from './packscope.ts';

const profiles = [
  ...['keys', 'role', 'chained', 'mfa', 'sso', 'sso-role', 'sso-never', 'process-good'],
  ...['sso-stale', 'sso-stale-role', 'sso-revoked', 'process-garbage', 'process-fails', 'process-stale', 'nothing'],
];

/** Services that repeat the request they refuse, each in one of the ways in which they refuse. */
const refusals = ['AccessDeniedException', 'InvalidSignatureException', 'ExpiredTokenException', 'StrangeException'];

const asking = [
  ...['ListConformancePackComplianceScores', 'DescribeConformancePackStatus', 'DescribeConfigurationAggregators'],
  'GetCallerIdentity',
] as const;
const signingIn = ['AssumeRole', 'GetRoleCredentials', 'CreateToken'] as const;

const rounds: readonly Faults[] = [
  {},
  ...[asking, [...asking, ...signingIn]].flatMap((calls) =>
    refusals.map((name) => ({
      refuse: Object.fromEntries(calls.map((call) => [call, { name, message: 'Repeated: {request}' }])),
    })),
  ),
];

describe('secrets', () => {
  const said: string[] = [];
  const original = {
    showWarningMessage: window.showWarningMessage,
    showErrorMessage: window.showErrorMessage,
    showInformationMessage: window.showInformationMessage,
    showInputBox: window.showInputBox,
  };
  const { AWS_REGION } = process.env;

  before(() => {
    delete process.env.AWS_REGION;
    const say = async (...words: unknown[]) => void said.push(JSON.stringify(words));
    Object.assign(window, {
      showWarningMessage: say,
      showErrorMessage: say,
      showInformationMessage: say,
      showInputBox: async () => mfaCode,
    });
  });
  after(async () => {
    Object.assign(window, original);
    Object.assign(process.env, { AWS_REGION });
    await resetPackscope();
  });

  it('are nowhere in what is shown, logged, kept or copied, whatever the services repeat', async () => {
    const home = process.env.HOME ?? '';
    const given: Record<string, string>[] = [];
    const shown: string[] = [];
    for (const faults of rounds) {
      const signIn = (await configService.signIn()) as Record<string, string>;
      await writeSsoToken(home, 'work', signIn);
      given.push(signIn);
      const packscope = await resetPackscope({ connections: profiles.map((profile) => ({ profile })) });
      await configService.setFaults(faults);
      packscope.estate.reset();
      await commands.executeCommand('packscope.packs.focus');
      await waitUntilLoaded(packscope);
      shown.push(...(await texts(packscope)), await diagnostics());
    }
    const repeat = (text: string) => text.includes('Repeated: ');
    assert(shown.some(repeat), 'messages of the services are shown');
    const log = await eventually(async () => {
      const lines = await readLogLines();
      assert.equal(lines.some(repeat), isLogAvailable);
      return lines;
    });
    const files = await kept();
    assert(
      files.some(({ path }) => /globalStorage.packscope\.packscope.known/.test(path)),
      'what is known is kept',
    );

    const secrets = new Set([
      ...(await configService.getSecrets()),
      processSecret,
      mfaCode,
      process.env.AWS_SECRET_ACCESS_KEY,
    ]);
    for (const { accessToken, refreshToken, clientSecret } of given) {
      for (const token of [accessToken, refreshToken, clientSecret]) assert(secrets.has(token), 'secrets are complete');
    }
    const places = [
      { path: 'what is shown', text: shown.join('\n') },
      { path: 'what is said', text: said.join('\n') },
      { path: 'the log', text: log.join('\n') },
      ...files,
    ];
    for (const { path, text } of places) {
      for (const secret of secrets) if (secret) assertWithout(text, secret, path);
      assert.doesNotMatch(text, /Signature=(?!…)|AWS4-HMAC-SHA256 Credential=(?!…)|\bASIA[A-F\d]{16}\b/, path);
    }
  }).timeout(120_000);
});

/** Codes of MFA devices are short: only where they stand alone they are one. */
function assertWithout(text: string, secret: string, path: string): void {
  const at = secret === mfaCode ? text.search(new RegExp(`(?<![\\w.-])${secret}(?![\\w.-])`)) : text.indexOf(secret);
  assert(at < 0, `${path} holds ${secret}: ${text.slice(Math.max(0, at - 200), at + 200)}`);
}

/** Everything that the tree and its tooltips say, and every error that views may show. */
async function texts({ estate, tree }: Packscope): Promise<string[]> {
  const items = await Promise.all(
    getNodes(tree).map(async (node) => {
      const item = await tree.resolveTreeItem(await tree.getTreeItem(node), node);
      const { tooltip } = item;
      return JSON.stringify([item, typeof tooltip === 'object' ? tooltip.value : tooltip]);
    }),
  );
  const errors = profiles.flatMap((profile) =>
    [...estate.getStore({ profile }).lists()].flatMap((list) => list.errors),
  );
  return [
    ...items,
    ...errors.map((error) => JSON.stringify([describeError(error), error.message, error])),
  ];
}

async function diagnostics(): Promise<string> {
  await env.clipboard.writeText('');
  await commands.executeCommand('packscope.copyDiagnostics');
  return until('the diagnostics', async () => env.clipboard.readText());
}

/** Every file that this VS Code keeps, the extension's storage and the logs among them, once what is known is written. */
async function kept(): Promise<{ readonly path: string; readonly text: string }[]> {
  const folder = process.env.PACKSCOPE_TEST_DATA;
  assert(folder);
  const read = async () => {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    return Promise.all(paths.map(async (path) => ({ path, text: await readFile(path, 'utf8').catch(() => '') })));
  };
  await eventually(async () => assert((await read()).some(({ path }) => /packscope\.packscope.known/.test(path))));
  return read();
}
