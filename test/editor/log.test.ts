import assert from 'node:assert/strict';
import { commands, workspace } from 'vscode';
import type { Faults } from '../config-service/faults.ts';
import { eventually } from '../support/polling.ts';
import { configService } from './configService.ts';
import { isLogAvailable } from './log.ts';
import { resetPackscope, waitUntilLoaded } from './packscope.ts';

describe('the log', () => {
  it('has one line for each request', async () => {
    // A region that no other test reads tells the lines apart.
    await read('us-logged-1');
    const asked = (await configService.getRequests('us-logged-1')).map(({ operation }) => operation).sort();
    assert.equal(asked.length, 4);
    await eventually(() => {
      const lines = linesOf('us-logged-1').map(
        (line) => /\[info\] (\w+) \S+ \d+ ms, \d+ rows, 1 attempt$/.exec(line)?.[1],
      );
      assert.deepEqual(lines.sort(), isLogAvailable ? asked : []);
    });
  });

  it('says that AWS has requests wait, and until about when', async () => {
    await read('us-logged-3', { only: ['DescribeConfigurationAggregators'], throttleEvery: 1 });
    await eventually(() => {
      const waits = linesOf('us-logged-3').filter((line) =>
        /\[warning\] us-logged-3 is throttled: waiting until about \d\d:\d\d:\d\d$/.test(line),
      );
      assert.equal(waits.length > 0, isLogAvailable);
    });
  });

  it('has an error in the words of the service, and neither key nor signature', async () => {
    const { AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: secret } = process.env;
    assert(key && secret);
    const signature = 'ab12'.repeat(16);
    const message = `No: AWS4-HMAC-SHA256 Credential=${key}/20260101/config, SignedHeaders=host, Signature=${signature}`;
    const refused = { DescribeConformancePackStatus: { name: 'AccessDeniedException', message } };
    await read('us-logged-2', { refuse: refused });
    await eventually(() => {
      const errors = linesOf('us-logged-2').filter((line) =>
        /\[error\] \w+Status .*AccessDeniedException: No:/.test(line),
      );
      assert.equal(errors.length, isLogAvailable ? 1 : 0);
    });
    const text = logged();
    for (const word of [secret, signature, 'X-Amz-Signature', 'x-amz-security-token'])
      assert(!text.includes(word), word);
  });
});

async function read(region: string, faults: Faults = {}): Promise<void> {
  const packscope = await resetPackscope({ connections: [{ regions: [region] }] });
  await configService.setFaults(faults);
  await commands.executeCommand('packscope.showLog');
  await waitUntilLoaded(packscope);
}

const linesOf = (region: string): string[] =>
  logged()
    .split('\n')
    .filter((line) => line.includes(` ${region} `));

/** The log as it is shown. */
function logged(): string {
  const documents = workspace.textDocuments.filter(({ uri }) => uri.scheme === 'output' && /Packscope/.test(uri.path));
  assert.equal(documents.length, 1, 'the log is in sight');
  return documents.map((document) => document.getText()).join();
}
