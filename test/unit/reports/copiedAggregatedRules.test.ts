import type { Evaluation } from '../../../src/compliance/model.ts';
import { PagedList } from '../../../src/compliance/paging/pagedList.ts';
import type { RuleWithResources } from '../../../src/compliance/queries/aggregatedPackRules.ts';
import { type AggregatedRuleReport, formatAggregatedRules } from '../../../src/reports/copiedAggregatedRules.ts';
import { assertGolden } from '../../support/golden.ts';
import { now } from '../../support/panel/fixtures.ts';

const hour = 3_600_000;

const createResource = (rule: string, resourceId: string, annotation?: string): Evaluation => ({
  rule,
  resourceType: 'AWS::S3::Bucket',
  resourceId,
  compliance: 'NON_COMPLIANT',
  annotation,
  evaluatedAt: annotation === undefined ? undefined : now - hour,
});

async function createList(items: readonly Evaluation[], next?: string): Promise<PagedList<Evaluation>> {
  const list = new PagedList(
    async () => ({ items, next }),
    ({ resourceId }) => resourceId,
    () => {},
  );
  await list.loadMore();
  return list;
}

const tls = 's3-bucket-ssl-requests-only-conformance-pack-172lcbx9s';

const createReport = (rules: readonly RuleWithResources[]): AggregatedRuleReport => ({
  location: {
    aggregator: 'organization',
    account: '111122223333',
    region: 'eu-central-1',
    pack: 'best-practices-for-s3',
  },
  accountName: 'payments | prod',
  row: {
    pack: 'best-practices-for-s3',
    account: '111122223333',
    region: 'eu-central-1',
    compliance: 'NON_COMPLIANT',
    compliantRules: 2,
    nonCompliantRules: 3,
    totalRules: 5,
  },
  evidence: 'none',
  note: 'AWS does not tell which of these rules belong to the pack.',
  rules,
  filter: 'name contains “s3”',
  readAt: now - hour,
  writtenAt: now,
});

describe('formatAggregatedRules', () => {
  let report: AggregatedRuleReport;

  before(async () => {
    const two = [createResource(tls, 'a-bucket', '=HYPERLINK("https://evil.example")'), createResource(tls, '[b](c)')];
    report = createReport([
      {
        name: tls,
        compliance: 'NON_COMPLIANT',
        failing: 25,
        hasMoreFailing: true,
        resources: await createList(two, 'x'),
      },
      {
        name: 'all-read',
        compliance: 'NON_COMPLIANT',
        failing: 1,
        hasMoreFailing: false,
        resources: await createList([createResource('all-read', 'c')]),
      },
      { name: 'unopened', compliance: 'NON_COMPLIANT', failing: 0, hasMoreFailing: true, resources: undefined },
      { name: '<img src=x>', compliance: 'BRAND_NEW', failing: 0, hasMoreFailing: false, resources: undefined },
      { name: '=1+1', compliance: undefined, failing: 0, hasMoreFailing: false, resources: undefined },
    ]);
  });

  it('formats the rules and the resources that are shown', () => {
    const sections = report.rules.flatMap(({ name: rule, resources }) =>
      resources ? { rule, resources: resources.rows, hasMore: !resources.isComplete } : [],
    );
    assertGolden(import.meta.url, 'aggregated-report.md', formatAggregatedRules(report, sections));
  });

  it('formats only the rules without shown resources', () => {
    const little = {
      ...report,
      accountName: undefined,
      row: undefined,
      note: undefined,
      readAt: undefined,
      filter: '',
    };
    assertGolden(import.meta.url, 'aggregated-report-of-little.md', formatAggregatedRules(little, []));
  });
});
