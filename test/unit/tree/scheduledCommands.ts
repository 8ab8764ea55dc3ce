import assert from 'node:assert/strict';
import type { Connection } from '../../../src/compliance/source.ts';
import { failedDeploymentsOptions, lowestScoresOptions } from '../../../src/views/palette/packQuery.ts';
import { readNonCompliantRows, readPacks } from '../../../src/views/palette/readResults.ts';
import type { OpenTree } from '../../support/tree/openTree.ts';
import { expectedFailures, expectedNonCompliant, expectedScores } from './expected.ts';
import type { CommandName } from './schedule.ts';

/**
 * Runs a command beside the tree. Resolves once it has failed, or has returned the complete results of one account.
 * Rows that were read with odd values may be missing.
 */
export async function runCommand(
  { estate, service }: OpenTree,
  connections: readonly Connection[],
  command: CommandName,
  hasOddRows: () => boolean,
): Promise<void> {
  const stores = connections.map((connection) => estate.getStore(connection));
  const results = await readResults({ getStores: () => stores }, command).catch((thrown: Error) => thrown.message);
  if (typeof results === 'string') {
    assert.match(results, /^(Could not read|No aggregator) /);
    return;
  }
  const possible = service.estate.accounts.map((account) => {
    const scopes = connections.map(({ region = service.estate.home.region }) => ({ account, region }));
    if (command === 'lowestScores') return expectedScores(service.estate, scopes);
    return command === 'failedDeployments'
      ? expectedFailures(service.estate, scopes)
      : expectedNonCompliant(service.estate);
  });
  const actual = results.toSorted();
  assert(
    possible.some((expected) =>
      hasOddRows() ? actual.every((line) => expected.includes(line)) : expected.join() === actual.join(),
    ),
    `${command} is incomplete or mixes accounts:\n${actual.join('\n')}`,
  );
}

async function readResults(context: Parameters<typeof readPacks>[0], command: CommandName): Promise<readonly string[]> {
  if (command === 'nonCompliantPacks') {
    const rows = await readNonCompliantRows(context, 'organization', {});
    return rows.map(({ account, region, name }) => `${account} ${region} ${name}`);
  }
  const options = command === 'lowestScores' ? lowestScoresOptions : failedDeploymentsOptions;
  const packs = await readPacks(context, options, {});
  return packs.flatMap(({ scope: { account, region }, pack: { name, score, deployment } }) => {
    const value = command === 'lowestScores' ? score?.percent : deployment?.state;
    return value === undefined ? [] : [`${account} ${region} ${name} ${value}`];
  });
}
