import { ComplianceError } from '../compliance/errors.ts';
import type { OrganizationSource } from '../compliance/source.ts';
import type { SampleData, SampleOrganizationPack } from './sampleData.ts';
import { toPage } from './samplePage.ts';
import { isDeployed, type LocatedRule, type SampleTables } from './sampleTables.ts';

/** AWS counts no more resources than these. */
const maxCount = 25;

/** What the sample answers for its organization. Advanced queries find no recorded types, so rows are read instead. */
export function createSampleOrganization(data: SampleData, tables: SampleTables): OrganizationSource {
  const toTime = <T extends { readonly updatedAt: number | undefined }>(row: T): T =>
    row.updatedAt === undefined ? row : { ...row, updatedAt: tables.toTime(row.updatedAt) };
  const findPack = (name: string): SampleOrganizationPack => {
    const found = data.organizationPacks.find(({ pack }) => pack.name === name);
    if (!found) throw new ComplianceError('packNotFound', `The sample’s organization has no pack ${name}.`);
    return found;
  };
  const listRules = (aggregator: string, filter: { readonly account?: string; readonly region?: string }) =>
    tables
      .listAggregated(aggregator, filter)
      .filter(isDeployed)
      .flatMap((pack) => tables.locateRules(pack))
      .sort((a, b) => (getSortKey(a) < getSortKey(b) ? -1 : 1));
  return {
    listAggregateRules: async (_request, aggregator, filter) =>
      toPage(
        listRules(aggregator, filter)
          .filter(
            ({ name, compliance }) =>
              name === (filter.rule ?? name) && compliance === (filter.compliance ?? compliance),
          )
          .map(toAggregateRule),
      ),
    listAggregateEvaluations: async (_request, aggregator, { rule, account, region }, compliance) =>
      toPage(
        listRules(aggregator, { account, region })
          .filter(({ name }) => name === rule)
          .flatMap((each) => tables.listResults(each, compliance)),
      ),
    listOrganizationPacks: async () => toPage(data.organizationPacks.map(({ pack }) => toTime(pack))),
    listOrganizationPackStatuses: async () => toPage(data.organizationPacks.map(({ status }) => toTime(status))),
    listOrganizationRollout: async (_request, pack, { account, state }) =>
      toPage(
        findPack(pack)
          .rollout.filter((row) => row.account === (account ?? row.account) && row.state === (state ?? row.state))
          .map(toTime),
      ),
    selectAggregate: async () => toPage([]),
    listRecordedPackStates: async () => {
      throw new ComplianceError('notInSample', 'The sample has no recorded states.');
    },
    listPackItems: async (_request, aggregator, { account, region }, name) =>
      toPage(
        tables
          .listAggregated(aggregator, { account, region, pack: name })
          .filter((pack) => isDeployed(pack) && pack.isRecorded)
          .map((pack) => ({
            pack: name,
            account,
            region,
            id: pack.id,
            rules: tables.locateRules(pack).map((rule) => ({ name: rule.name, compliance: rule.compliance })),
          })),
      ),
  };
}

const getSortKey = ({ pack, name }: LocatedRule): string => `${pack.account}/${pack.region}/${name}`;

function toAggregateRule({ name, compliance, pack, results: [, failing, passing] }: LocatedRule) {
  const count = compliance === 'NON_COMPLIANT' ? failing.length : failing.length + passing.length;
  return {
    rule: name,
    account: pack.account,
    region: pack.region,
    compliance,
    resources: count > 0 ? Math.min(count, maxCount) : undefined,
    isCapped: count > maxCount,
  };
}
