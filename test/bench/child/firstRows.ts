import './preload.ts';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { createAwsAccess } from '../../../src/aws/openSource.ts';
import { Estate } from '../../../src/compliance/store/estate.ts';
import { TreeModel } from '../../../src/views/tree/model/treeModel.ts';

// Prints how long it takes until the first packs are loaded: in the tree, including the client's chunk, or by the SDK.
const [chunk, rounds] = process.argv.slice(2);
const times: number[] = [];
for (let round = 0; round < Number(rounds); round++) {
  const start = performance.now();
  await (chunk === 'sdk' ? requestScores() : showTree());
  times.push(performance.now() - start);
}
console.log(JSON.stringify(times));
process.exit();

/** Gets the tree's children after every change, as VS Code does, until there is a pack. */
async function showTree(): Promise<void> {
  const estate = new Estate({
    open: async (connection) => {
      const module: { createAwsAccess: typeof createAwsAccess } = await import(
        pathToFileURL(join(process.cwd(), chunk ?? '')).href
      );
      const settings = { pageSize: () => 100, requestsPerSecond: () => 100, log: () => {} };
      return module.createAwsAccess(settings).openSource(connection);
    },
    aggregatorNames: () => [],
  });
  const model = new TreeModel(estate, () => ({ connections: [{}], scoreTarget: 90 }));
  const changes = new EventTarget();
  estate.onDidChange(() => changes.dispatchEvent(new Event('change')));
  const hasPacks = () => {
    model.getChildren();
    return [...model.loadedNodes()].some(({ node }) => node.kind === 'pack');
  };
  while (!hasPacks()) await once(changes, 'change');
}

/** Sends the single request that returns names and scores of packs. */
async function requestScores(): Promise<void> {
  const { ConfigServiceClient, ListConformancePackComplianceScoresCommand } = await import(
    '@aws-sdk/client-config-service'
  );
  const input = { SortBy: 'SCORE', SortOrder: 'ASCENDING', Limit: 20 } as const;
  await new ConfigServiceClient({}).send(new ListConformancePackComplianceScoresCommand(input));
}
