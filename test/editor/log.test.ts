import assert from 'node:assert/strict';
import { commands, workspace } from 'vscode';
import type { Faults } from '../config-service/faults.ts';
import { eventually } from '../support/polling.ts';
import { configService } from './configService.ts';
import { isLogAvailable } from './log.ts';
import { resetPackscope, waitUntilLoaded } from './packscope.ts';

describe('the log', () => {
  it('has one line for each request', async () => {
    // Only this test uses the region, so its lines can be told apart.
    await read('us-logged-1');
    const operations = (await configService.getRequests('us-logged-1')).map(({ operation }) => operation).sort();
    assert.equal(operations.length, 4);
    await eventually(() => {
      const lines = getLinesOf('us-logged-1').map(
        (line) => /\[info\] (\w+) \S+ \d+ ms, \d+ rows, 1 attempt$/.exec(line)?.[1],
      );
      assert.deepEqual(lines.sort(), isLogAvailable ? operations : []);
    });
  });

  it('reports throttling and its approximate end', async () => {
    await read('us-logged-3', { only: ['DescribeConfigurationAggregators'], throttleEvery: 1 });
    await eventually(() => {
      const lines = getLinesOf('us-logged-3').filter((line) =>
        /\[warning\] us-logged-3 is throttled: waiting until about \d\d:\d\d:\d\d$/.test(line),
      );
      assert.equal(lines.length > 0, isLogAvailable);
    });
  });

  it('contains the message of the service without keys and signatures', async () => {
    const { AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: secret } = process.env;
    assert(key && secret);
    const signature = 'ab12'.repeat(16);
    const message = `No: AWS4-HMAC-SHA256 Credential=${key}/20260101/config, SignedHeaders=host, Signature=${signature}`;
    const refuse = { DescribeConformancePackStatus: { name: 'AccessDeniedException', message } };
    await read('us-logged-2', { refuse });
    await eventually(() => {
      const errors = getLinesOf('us-logged-2').filter((line) =>
        /\[error\] \w+Status .*AccessDeniedException: No:/.test(line),
      );
      assert.equal(errors.length, isLogAvailable ? 1 : 0);
    });
    const text = getLogText();
    for (const secretText of [secret, signature, 'X-Amz-Signature', 'x-amz-security-token']) {
      assert(!text.includes(secretText), secretText);
    }
  });
});

async function read(region: string, faults: Faults = {}): Promise<void> {
  const packscope = await resetPackscope({ connections: [{ regions: [region] }] });
  await configService.setFaults(faults);
  await commands.executeCommand('packscope.showLog');
  await waitUntilLoaded(packscope);
}

const getLinesOf = (region: string): string[] =>
  getLogText()
    .split('\n')
    .filter((line) => line.includes(` ${region} `));

/** Returns the text of the visible log. */
function getLogText(): string {
  const documents = workspace.textDocuments.filter(({ uri }) => uri.scheme === 'output' && /Packscope/.test(uri.path));
  assert.equal(documents.length, 1, 'The log must be visible');
  return documents.map((document) => document.getText()).join();
}
