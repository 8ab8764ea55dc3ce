import assert from 'node:assert/strict';
import { ListConformancePackComplianceScoresCommand } from '@aws-sdk/client-config-service';
import { type ConfigService, startConfigService } from '../../config-service/index.ts';
import { createConfigClient } from './clients.ts';

const pack = 'operational-best-practices-for-amazon-s3';

describe('local AWS Config: control over HTTP', () => {
  let service: ConfigService;
  beforeEach(async () => {
    service = await startConfigService({ estate: 'demo' });
  });
  afterEach(() => service.close());

  const control = (method: string, path: string, body?: object) =>
    fetch(`${service.url}/_control/${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
  const scores = (input: object = {}) =>
    createConfigClient(service).send(new ListConformancePackComplianceScoresCommand(input));

  it('returns and clears the requests, without its own', async () => {
    await scores();
    const requests = await (await control('GET', 'requests')).json();
    assert.deepEqual(requests, JSON.parse(JSON.stringify(service.requests)));
    assert.equal(service.requests.length, 1);
    assert.equal((await control('DELETE', 'requests')).status, 204);
    assert.equal(service.requests.length, 0);
  });

  it('keeps idle connections, so that no request meets one that ends', async () => {
    const response = await control('GET', 'requests');
    await response.text();
    assert.equal(response.headers.get('keep-alive'), 'timeout=600');
  });

  it('replaces the faults', async () => {
    assert.equal((await control('PUT', 'faults', { throttleEvery: 1 })).status, 204);
    await assert.rejects(scores(), { name: 'ThrottlingException' });
    await control('PUT', 'faults', {});
    await scores();
  });

  it('rejects an unknown fault', async () => {
    const response = await control('PUT', 'faults', { throtleEvery: 1 });
    assert.equal(response.status, 400);
    assert.match(await response.text(), /throtleEvery is not a fault/);
  });

  it('expires page tokens', async () => {
    const { NextToken } = await scores({ Limit: 3 });
    assert.equal((await control('POST', 'expire-tokens')).status, 204);
    await assert.rejects(scores({ NextToken }), { name: 'InvalidNextTokenException' });
  });

  it('changes the estate', async () => {
    const { home } = service.estate;
    const rules = [{ rule: 'restricted-ssh', resources: 4, failing: 1 }];
    const changes = [
      { change: 'fixRule', ...home, pack, rule: 's3-bucket-ssl-requests-only' },
      { change: 'addPack', ...home, pack: 'brand-new', rules },
      { change: 'setDeployment', ...home, pack: 'brand-new', state: 'DELETE_FAILED', reason: 'In use' },
      { change: 'deletePack', ...home, pack: 'security-best-practices-for-redshift' },
    ];
    for (const change of changes) assert.equal((await control('POST', 'estate', change)).status, 204);
    const { ConformancePackComplianceScores: rows = [] } = await scores();
    const byName = new Map(rows.map((row) => [row.ConformancePackName, row.Score]));
    assert.equal(byName.get(pack), '75.38');
    assert.equal(byName.get('brand-new'), '75');
    assert.equal(byName.has('security-best-practices-for-redshift'), false);
    assert.equal(service.estate.pack(home, 'brand-new')?.reason, 'In use');
  });

  for (const [method, path, body] of [
    ['POST', 'estate', { change: 'deletePack', account: '1', region: 'x', pack: 'nowhere' }],
    ['POST', 'estate', { change: 'burn' }],
    ['POST', 'requests', undefined],
  ] as const) {
    it(`rejects ${method} ${path} ${JSON.stringify(body) ?? ''}`, async () => {
      const response = await control(method, path, body);
      assert.equal(response.status, 400);
      assert.ok((await response.text()).length > 0);
    });
  }
});
