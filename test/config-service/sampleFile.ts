import { readdir, readFile } from 'node:fs/promises';
import { brotliCompressSync, constants } from 'node:zlib';
import { toRows } from '../../src/aws/convert.ts';
import { toOrganizationRows } from '../../src/aws/convertOrganization.ts';
import type {
  SampleAggregator,
  SampleData,
  SampleOrganizationPack,
  SamplePack,
  SampleResults,
} from '../../src/sample/sampleData.ts';
import { managedRules } from './estate/catalog.ts';
import { ChangeableEstate } from './estate/changeable.ts';
import { demoEstate } from './estate/demo/demoEstate.ts';
import type { Aggregator, Pack, Rule } from './estate/estate.ts';
import { getEvaluation } from './estate/evaluations.ts';
import { computeScore, hasResults, insufficientData } from './estate/scoring.ts';
import type { OperationName } from './model.ts';
import { operations } from './operations/index.ts';

/** The clock of the stored times. It stands still, so that two builds are equal. */
const now = new Date('2026-01-01T00:00:00Z');

const templateFolder = new URL('../support/workbench/sample/', import.meta.url);

/** Creates the file of the extension's sample data: the demo estate, compressed. */
export async function createSampleFile(): Promise<Buffer> {
  const text = JSON.stringify(await createSampleData());
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN } = constants;
  return brotliCompressSync(text, { params: { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_LGWIN]: 24 } });
}

/** The demo estate as the extension reads it. */
export async function createSampleData(): Promise<SampleData> {
  const estate = new ChangeableEstate(demoEstate(now), () => now);
  const { home } = estate;
  const scopes = estate.accounts.flatMap((account) => estate.regions.map((region) => ({ account, region })));
  return {
    createdAt: now.getTime(),
    home,
    rules: managedRules,
    packs: scopes
      .flatMap((scope) => estate.packNames(scope).flatMap((name) => estate.pack(scope, name) ?? []))
      .map((pack) => toSamplePack(estate, pack)),
    aggregators: estate.aggregators(home).map((aggregator) => toSampleAggregator(estate, aggregator)),
    organizationPacks: toOrganizationPacks(estate),
    templates: await readTemplates(),
  };
}

function toSamplePack(estate: ChangeableEstate, pack: Pack): SamplePack {
  const { name, account, region, id, state, reason, requestedAt, completedAt, scoredAt } = pack;
  const rules = hasResults(pack) ? estate.rules(pack).toSorted((a, b) => (a.name < b.name ? -1 : 1)) : [];
  const score = computeScore(rules);
  return {
    ...{ name, account, region, id, state },
    ...(reason !== undefined && { reason }),
    requestedAt: requestedAt.getTime(),
    ...(completedAt && { completedAt: completedAt.getTime() }),
    scoredAt: scoredAt.getTime(),
    ...(score !== insufficientData && { score: Number(score) }),
    isRecorded: estate.recordsPacks(pack),
    rules: rules.map((rule) => toResults(pack, rule)),
  };
}

function toResults(pack: Pack, rule: Rule): SampleResults {
  const results = Array.from({ length: rule.resources }, (_, index) => getEvaluation(pack, rule, index));
  const getIds = (type: string) => results.filter((each) => each.type === type).map(({ resourceId }) => resourceId);
  const index = managedRules.findIndex(({ name }) => `${name}-${pack.id}` === rule.name);
  return [index, getIds('NON_COMPLIANT'), getIds('COMPLIANT')];
}

function toSampleAggregator(estate: ChangeableEstate, { name, accounts, regions }: Aggregator): SampleAggregator {
  const aggregators = run(estate, 'DescribeConfigurationAggregators', { ConfigurationAggregatorNames: [name] });
  const [aggregator] = toRows('DescribeConfigurationAggregators', aggregators);
  if (!aggregator) throw new Error(`The estate has no aggregator ${name}`);
  const sources = run(estate, 'DescribeConfigurationAggregatorSourcesStatus', {
    ConfigurationAggregatorName: name,
    UpdateStatus: ['FAILED', 'OUTDATED'],
  });
  const unhealthySources = toRows('DescribeConfigurationAggregatorSourcesStatus', sources);
  return { ...aggregator, accounts, regions, unhealthySources };
}

function toOrganizationPacks(estate: ChangeableEstate): readonly SampleOrganizationPack[] {
  const packs = toOrganizationRows(
    'DescribeOrganizationConformancePacks',
    run(estate, 'DescribeOrganizationConformancePacks', {}),
  );
  const statuses = toOrganizationRows(
    'DescribeOrganizationConformancePackStatuses',
    run(estate, 'DescribeOrganizationConformancePackStatuses', {}),
  );
  return packs.map((pack) => {
    const status = statuses.find((each) => each.pack === pack.name);
    if (!status) throw new Error(`The pack ${pack.name} of the organization has no status`);
    const rollout = run(estate, 'GetOrganizationConformancePackDetailedStatus', {
      OrganizationConformancePackName: pack.name,
    });
    return { pack, status, rollout: toOrganizationRows('GetOrganizationConformancePackDetailedStatus', rollout) };
  });
}

/** The response of an operation to the home account and region, with all its rows in one page. */
function run(estate: ChangeableEstate, operation: OperationName, input: object): object {
  const { iterate, createOutput } = operations[operation];
  const rows = [...iterate(estate, estate.home, input, '')].flatMap(({ row }) => row ?? []);
  return createOutput(rows, input);
}

async function readTemplates(): Promise<Readonly<Record<string, string>>> {
  const names = (await readdir(templateFolder)).sort();
  const texts = names.map(async (name) => [name, await readFile(new URL(name, templateFolder), 'utf8')] as const);
  return Object.fromEntries(await Promise.all(texts));
}
