import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commands, env, window } from 'vscode';
import { describeError } from '../../src/compliance/text/errorMessages.ts';
import type { CallName, Faults } from '../config-service/faults.ts';
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

/** Errors of services that repeat the request in the message. */
const errorNames = ['AccessDeniedException', 'InvalidSignatureException', 'ExpiredTokenException', 'StrangeException'];

const readCalls = [
  ...['ListConformancePackComplianceScores', 'DescribeConformancePackStatus', 'DescribeConfigurationAggregators'],
  'GetCallerIdentity',
] as const;
const signInCalls = ['AssumeRole', 'GetRoleCredentials', 'CreateToken'] as const;

/** Refuses each call with another error, the first one with `errorNames[first]`. */
const refuse = (calls: readonly CallName[], first: number): Faults => ({
  refuse: Object.fromEntries(
    calls.map((call, index) => [
      call,
      { name: errorNames[(first + index) % errorNames.length], message: 'Repeated: {request}' },
    ]),
  ),
});

/** Every call is refused with every error. A refused sign-in hides what the calls after it do. */
const rounds: readonly Faults[] = [
  {},
  refuse(readCalls, 0),
  ...errorNames.map((_, first) => refuse([...readCalls, ...signInCalls], first)),
];

describe('secrets', () => {
  const messages: string[] = [];
  const original = {
    showWarningMessage: window.showWarningMessage,
    showErrorMessage: window.showErrorMessage,
    showInformationMessage: window.showInformationMessage,
    showInputBox: window.showInputBox,
  };
  const { AWS_REGION } = process.env;

  before(() => {
    delete process.env.AWS_REGION;
    const record = async (...args: unknown[]) => void messages.push(JSON.stringify(args));
    Object.assign(window, {
      showWarningMessage: record,
      showErrorMessage: record,
      showInformationMessage: record,
      showInputBox: async () => mfaCode,
    });
  });
  after(async () => {
    Object.assign(window, original);
    Object.assign(process.env, { AWS_REGION });
    await resetPackscope();
  });

  it('are never shown, logged, stored or copied, even if a service repeats the request', async () => {
    const home = process.env.HOME ?? '';
    const tokens: Record<string, string>[] = [];
    const shown: string[] = [];
    for (const faults of rounds) {
      const signIn = (await configService.signIn()) as Record<string, string>;
      await writeSsoToken(home, 'work', signIn);
      tokens.push(signIn);
      const packscope = await resetPackscope({ connections: profiles.map((profile) => ({ profile })) });
      await configService.setFaults(faults);
      packscope.estate.reset();
      await commands.executeCommand('packscope.packs.focus');
      await waitUntilLoaded(packscope);
      shown.push(...(await getShownTexts(packscope)), await getDiagnostics());
    }
    const isRepeated = (text: string) => text.includes('Repeated: ');
    assert(shown.some(isRepeated), 'Messages of the services must be shown');
    const log = await eventually(async () => {
      const lines = await readLogLines();
      assert.equal(lines.some(isRepeated), isLogAvailable);
      return lines;
    });
    const files = await readStoredFiles();
    assert(
      files.some(({ path }) => /globalStorage.packscope\.packscope.known/.test(path)),
      'Snapshots must be stored',
    );

    const ownKey = process.env.AWS_SECRET_ACCESS_KEY;
    assert(ownKey);
    const secrets = new Set([...(await configService.getSecrets()), processSecret, mfaCode, ownKey]);
    for (const { accessToken, refreshToken, clientSecret } of tokens) {
      for (const token of [accessToken, refreshToken, clientSecret])
        assert(token && secrets.has(token), 'The service must know every token');
    }
    const finder = new SecretFinder([...secrets].filter((secret) => secret !== ''));
    for (const secret of [processSecret, mfaCode])
      assert(finder.find(`before ${secret} after`), 'Secrets must be found');
    const outputs = [
      { path: 'shown texts', text: shown.join('\n') },
      { path: 'messages', text: messages.join('\n') },
      { path: 'log', text: log.join('\n') },
      ...files,
    ];
    for (const { path, text } of outputs) {
      assert.equal(finder.find(text), undefined, path);
      assert.doesNotMatch(text, /Signature=(?!…)|AWS4-HMAC-SHA256 Credential=(?!…)|\bASIA[A-F\d]{16}\b/, path);
    }
  }).timeout(300_000);
});

/** Finds the secrets in a text in one pass, because the services have issued thousands and the log is long. */
class SecretFinder {
  readonly #prefixLength: number;
  readonly #byPrefix: ReadonlyMap<string, readonly string[]>;

  constructor(secrets: readonly string[]) {
    const prefixLength = Math.min(...secrets.map(({ length }) => length));
    this.#prefixLength = prefixLength;
    this.#byPrefix = Map.groupBy(secrets, (secret) => secret.slice(0, prefixLength));
  }

  /** The text around the first secret in a text. An MFA code is short, so only a separate number counts. */
  find(text: string): string | undefined {
    for (let index = 0; index < text.length; index++) {
      const secrets = this.#byPrefix.get(text.slice(index, index + this.#prefixLength)) ?? [];
      const secret = secrets.find((each) => text.startsWith(each, index));
      if (!secret) continue;
      const before = text.slice(Math.max(0, index - 200), index);
      const after = text.slice(index + secret.length, index + 200);
      const isSeparate = !/[\w.-]$/.test(before) && !/^[\w.-]/.test(after);
      if (secret !== mfaCode || isSeparate) return before + secret + after;
    }
    return undefined;
  }
}

/** Returns the texts of the tree with its tooltips, and of every error. */
async function getShownTexts({ estate, tree }: Packscope): Promise<string[]> {
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
  return [...items, ...errors.map((error) => JSON.stringify([describeError(error), error.message, error]))];
}

async function getDiagnostics(): Promise<string> {
  await env.clipboard.writeText('');
  await commands.executeCommand('packscope.copyDiagnostics');
  return until('the diagnostics', async () => env.clipboard.readText());
}

/** Returns every file of this VS Code, including the extension's storage and logs, after snapshots were written. */
async function readStoredFiles(): Promise<{ readonly path: string; readonly text: string }[]> {
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
