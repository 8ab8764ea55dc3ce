import assert from 'node:assert/strict';
import {
  type ConfigServiceClient,
  ListConformancePackComplianceScoresCommand,
  type ListConformancePackComplianceScoresRequest,
} from '@aws-sdk/client-config-service';
import { type ConfigService, startConfigService } from '../../config-service/index.ts';
import { createConfigClient } from './clients.ts';

// An account with few packs, so that the test can list each order.
const account = '741936082254';
const region = 'us-west-2';
const rule = 'encrypted-volumes';

describe('local AWS Config: scores', () => {
  let service: ConfigService;
  let client: ConfigServiceClient;
  before(async () => {
    service = await startConfigService({ estate: 'demo' });
    client = createConfigClient(service, { account, region });
    const packs: readonly (readonly [string, number, number])[] = [
      ['delta', 10, 1],
      ['alpha', 10, 10],
      ['echo', 0, 0],
      ['bravo', 10, 1],
      ['charlie', 3, 0],
    ];
    for (const [name, resources, failing] of packs) {
      service.estate.addPack(account, region, name, [{ rule, resources, failing }]);
    }
  });
  after(() => service.close());

  const scores = async (input: ListConformancePackComplianceScoresRequest) => {
    const { ConformancePackComplianceScores: rows = [] } = await client.send(
      new ListConformancePackComplianceScoresCommand(input),
    );
    return rows.map((row) => `${row.ConformancePackName} ${row.Score}`);
  };
  const byName = ['alpha 0', 'bravo 90', 'charlie 100', 'delta 90', 'echo INSUFFICIENT_DATA'];
  const byScore = ['alpha 0', 'bravo 90', 'delta 90', 'charlie 100', 'echo INSUFFICIENT_DATA'];

  it('are ordered by name', async () => {
    assert.deepEqual(await scores({}), byName);
    assert.deepEqual(await scores({ SortOrder: 'ASCENDING' }), byName);
  });

  it('are ordered by name, descending', async () => {
    assert.deepEqual(await scores({ SortOrder: 'DESCENDING' }), byName.toReversed());
  });

  it('are ordered by score and name, packs without a score last', async () => {
    assert.deepEqual(await scores({ SortBy: 'SCORE' }), byScore);
    assert.deepEqual(await scores({ SortBy: 'SCORE', SortOrder: 'ASCENDING' }), byScore);
  });

  it('are ordered by score, descending, packs without a score first', async () => {
    assert.deepEqual(await scores({ SortBy: 'SCORE', SortOrder: 'DESCENDING' }), byScore.toReversed());
  });

  it('can be filtered by name, without duplicates and unknown names', async () => {
    const ConformancePackNames = ['echo', 'nowhere', 'alpha', 'echo'];
    assert.deepEqual(await scores({ Filters: { ConformancePackNames } }), ['alpha 0', 'echo INSUFFICIENT_DATA']);
  });
});
