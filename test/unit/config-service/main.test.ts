import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { ConfigServiceClient, ListConformancePackComplianceScoresCommand } from '@aws-sdk/client-config-service';

const main = fileURLToPath(new URL('../../config-service/main.ts', import.meta.url));

describe('local AWS Config: the command line', () => {
  for (const [options, packs] of [
    [['--estate', 'demo'], 12],
    [['--estate', 'generated', '--accounts', '3', '--regions', '2', '--packs', '1', '--seed', '4'], 1],
  ] as const) {
    it(`serves ${options.join(' ')} until SIGTERM`, async () => {
      const child = spawn(process.execPath, [main, '--port', '0', ...options], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const lines: string[] = [];
      for await (const line of createInterface({ input: child.stdout })) {
        if (lines.push(line) === 5) break;
      }
      const [first = '', ...exported] = lines;
      const environment = Object.fromEntries(exported.map((line) => line.replace('export ', '').split('=')));
      assert.match(first, /^AWS Config listens on http:\/\/127\.0\.0\.1:\d+$/);
      const client = new ConfigServiceClient({
        endpoint: environment.AWS_ENDPOINT_URL,
        region: environment.AWS_REGION,
        credentials: {
          accessKeyId: environment.AWS_ACCESS_KEY_ID,
          secretAccessKey: environment.AWS_SECRET_ACCESS_KEY,
        },
      });
      const { ConformancePackComplianceScores } = await client.send(new ListConformancePackComplianceScoresCommand({}));
      assert.equal(ConformancePackComplianceScores?.length, packs);
      child.kill('SIGTERM');
      assert.deepEqual(await once(child, 'exit'), [0, null]);
    });
  }
});
