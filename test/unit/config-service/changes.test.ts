import assert from 'node:assert/strict';
import {
  type ConfigServiceClient,
  DescribeConformancePackStatusCommand,
  ListConformancePackComplianceScoresCommand,
  paginateDescribeAggregateComplianceByConformancePacks,
} from '@aws-sdk/client-config-service';
import { type ConfigService, generatedEstate, startConfigService } from '../../config-service/index.ts';
import { createConfigClient } from './clients.ts';
import { collectRows } from './pagination.ts';

const now = new Date('2026-03-01T12:00:00Z');
const pack = 'operational-best-practices-for-amazon-s3';

describe('local AWS Config: changes of the estate', () => {
  let service: ConfigService;
  let client: ConfigServiceClient;
  let account: string;
  let region: string;
  beforeEach(async () => {
    service = await startConfigService({ estate: 'demo', now: () => now });
    client = createConfigClient(service);
    ({ account, region } = service.estate.home);
  });
  afterEach(() => service.close());

  const score = async (name: string) => {
    const input = { Filters: { ConformancePackNames: [name] } };
    const { ConformancePackComplianceScores: rows = [] } = await client.send(
      new ListConformancePackComplianceScoresCommand(input),
    );
    return rows[0];
  };
  const status = async (name: string) => {
    const command = new DescribeConformancePackStatusCommand({ ConformancePackNames: [name] });
    return (await client.send(command)).ConformancePackStatusDetails?.[0];
  };
  const aggregated = async (name: string) => {
    const Filters = { AccountId: account, AwsRegion: region, ConformancePackName: name };
    const input = { ConfigurationAggregatorName: 'organization', Filters };
    const outputs = paginateDescribeAggregateComplianceByConformancePacks({ client }, input);
    return (await collectRows(outputs, (page) => page.AggregateComplianceByConformancePacks)).rows[0]?.Compliance;
  };

  it('update score and rule counts when a rule is fixed', async () => {
    const before = await aggregated(pack);
    service.estate.fixRule(account, region, pack, 's3-bucket-ssl-requests-only');
    assert.deepEqual(await score(pack), { ConformancePackName: pack, Score: '75.38', LastUpdatedTime: now });
    const after = await aggregated(pack);
    assert.equal(after?.CompliantRuleCount, (before?.CompliantRuleCount ?? 0) + 1);
    assert.equal(after?.NonCompliantRuleCount, (before?.NonCompliantRuleCount ?? 0) - 1);
  });

  it('remove the score and set the reason of a failed deployment', async () => {
    service.estate.setDeployment(account, region, pack, 'CREATE_FAILED', 'No recorder');
    const details = await status(pack);
    assert.equal(details?.ConformancePackState, 'CREATE_FAILED');
    assert.equal(details?.ConformancePackStatusReason, 'No recorder');
    assert.deepEqual(details?.LastUpdateRequestedTime, now);
    assert.equal(await score(pack), undefined);
  });

  it('set the score and remove the reason of a completed deployment', async () => {
    const failed = 'operational-best-practices-for-encryption-and-keys';
    assert.equal(await score(failed), undefined);
    service.estate.setDeployment(account, region, failed, 'CREATE_COMPLETE');
    assert.equal((await status(failed))?.ConformancePackStatusReason, undefined);
    assert.deepEqual((await status(failed))?.LastUpdateCompletedTime, now);
    assert.match((await score(failed))?.Score ?? '', /^\d+(\.\d+)?$/);
  });

  it('keep a deleted pack in aggregators only', async () => {
    const before = await aggregated(pack);
    service.estate.deletePack(account, region, pack);
    assert.equal(await status(pack), undefined);
    assert.equal(await score(pack), undefined);
    assert.ok(before);
    assert.deepEqual(await aggregated(pack), before);
  });

  it('remove a deleted pack that was never created', async () => {
    const failed = 'operational-best-practices-for-encryption-and-keys';
    service.estate.deletePack(account, region, failed);
    assert.equal(await status(failed), undefined);
    assert.equal(await aggregated(failed), undefined);
  });

  it('add a new pack to its scope only', async () => {
    const rules = [
      { rule: 'restricted-ssh', resources: 7, failing: 2 },
      { rule: 'sns-encrypted-kms', resources: 0, failing: 0 },
    ];
    service.estate.addPack(account, region, 'brand-new', rules);
    assert.equal((await score('brand-new'))?.Score, '71.43');
    assert.equal((await status('brand-new'))?.ConformancePackState, 'CREATE_COMPLETE');
    assert.deepEqual(await aggregated('brand-new'), {
      ComplianceType: 'NON_COMPLIANT',
      CompliantRuleCount: 0,
      NonCompliantRuleCount: 1,
      TotalRuleCount: 2,
    });
    const names = service.estate.packNames({ account, region });
    assert.deepEqual(names, names.toSorted());
    assert.equal(service.estate.pack({ account, region: 'eu-central-1' }, 'brand-new'), undefined);
  });

  it('reject unknown packs and rules', () => {
    assert.throws(() => service.estate.deletePack(account, region, 'nowhere'), /No pack nowhere/);
    assert.throws(() => service.estate.fixRule(account, region, pack, 'restricted-ssh'), /No rule restricted-ssh/);
  });

  it('apply to a generated estate', async () => {
    const generated = await startConfigService({ estate: generatedEstate({ accounts: 1, regions: 1, packs: 8 }) });
    const { estate } = generated;
    const name = estate.packNames(estate.home).find((candidate) => {
      const pack = estate.pack(estate.home, candidate);
      return pack?.state === 'CREATE_COMPLETE' && estate.ruleCounts(pack).nonCompliant > 0;
    });
    const before = estate.pack(estate.home, name ?? '');
    assert.ok(before);
    const { nonCompliant } = estate.ruleCounts(before);
    const failing = estate.rules(before).find((rule) => rule.failing > 0);
    estate.fixRule(before.account, before.region, before.name, failing?.name ?? '');
    assert.equal(estate.ruleCounts(before).nonCompliant, nonCompliant - 1);
    await generated.close();
  });
});
