import assert from 'node:assert/strict';
import { ComplianceError } from '../../../src/compliance/errors.ts';
import {
  type ComplianceSource,
  defaultPackOrder,
  type Page,
  type PageRequest,
} from '../../../src/compliance/source.ts';
import type { OperationName } from '../../config-service/model.ts';
import { createOpenSource } from '../../support/aws/openSource.ts';
import { withTree } from '../../support/tree/openTree.ts';
import { toFaults } from './answers.ts';
import { validRows } from './rows.ts';

type Read = (source: ComplianceSource, request: PageRequest) => Promise<Page<unknown>>;

/** Every operation with a list: the member that holds it, and how it is read. */
const operations: readonly (readonly [OperationName, string, Read])[] = [
  [
    'ListConformancePackComplianceScores',
    'ConformancePackComplianceScores',
    (source, request) => source.listScores(request, defaultPackOrder),
  ],
  [
    'DescribeConformancePackStatus',
    'ConformancePackStatusDetails',
    (source, request) => source.listDeployments(request),
  ],
  [
    'DescribeConformancePackCompliance',
    'ConformancePackRuleComplianceList',
    (source, request) => source.listRules(request, 'p'),
  ],
  [
    'GetConformancePackComplianceDetails',
    'ConformancePackRuleEvaluationResults',
    (source, request) => source.listEvaluations(request, 'p', 'COMPLIANT'),
  ],
  [
    'DescribeConfigurationAggregators',
    'ConfigurationAggregators',
    (source, request) => source.listAggregators(request),
  ],
  [
    'DescribeConfigurationAggregatorSourcesStatus',
    'AggregatedSourceStatusList',
    (source, request) => source.listUnhealthySources(request, 'a'),
  ],
  [
    'GetAggregateConformancePackComplianceSummary',
    'AggregateConformancePackComplianceSummaries',
    (source, request) => source.listPackCounts(request, 'a', 'account', {}),
  ],
  [
    'DescribeAggregateComplianceByConformancePacks',
    'AggregateComplianceByConformancePacks',
    (source, request) => source.listRows(request, 'a', {}),
  ],
  [
    'GetOrganizationConformancePackDetailedStatus',
    'OrganizationConformancePackDetailedStatuses',
    (source, request) => source.listOrganizationPackNames(request, 'p', '100000000000'),
  ],
];

const createBodies = (member: string): readonly string[] => [
  '',
  '{}',
  'null',
  '[]',
  '5',
  `{"${member}":null}`,
  `{"${member}":{}}`,
  `{"${member}":"none"}`,
  `{"${member}":[{}]}`,
  `{"${member}":[null,5,[]]}`,
  `{"${member}":[],"NextToken":5}`,
];

const openSource = createOpenSource({ pageSize: () => 100, requestsPerSecond: () => 1000, log: () => {} });

describe('a response without its rows', () => {
  for (const [operation, member, read] of operations) {
    it(`of ${operation} is unreadable, not empty`, () =>
      withTree({ attempts: 1 }, async ({ service }) => {
        const source = await openSource({});
        const request = { cursor: undefined, signal: new AbortController().signal };
        for (const body of createBodies(member)) {
          service.faults = toFaults({ [operation]: body });
          const error = await read(source, request).then(
            () => assert.fail(`${body} was read`),
            (thrown: unknown) => thrown,
          );
          assert(error instanceof ComplianceError, body);
          assert.deepEqual([error.kind, error.details.operation], ['unreadable', operation], body);
        }
        service.faults = toFaults({ [operation]: { [member]: [] } });
        assert.deepEqual(await read(source, request), { items: [], next: undefined });
      }));
  }

  it('has a sample for every operation that is read', () => {
    const sampled = [...Object.keys(validRows), 'GetOrganizationConformancePackDetailedStatus'];
    assert.deepEqual(operations.map(([operation]) => operation).sort(), sampled.sort());
  });
});

describe('no such pack', () => {
  it('is empty only where the request names packs', () =>
    withTree({ attempts: 1 }, async ({ service }) => {
      const refusal = { name: 'NoSuchConformancePackException' };
      service.faults = {
        refuse: { ListConformancePackComplianceScores: refusal, DescribeConformancePackStatus: refusal },
      };
      const source = await openSource({});
      const request = { cursor: undefined, signal: new AbortController().signal };
      const isPackNotFound = ({ kind }: ComplianceError) => kind === 'packNotFound';
      assert.deepEqual((await source.listScores(request, defaultPackOrder, ['p'])).items, []);
      assert.deepEqual((await source.listDeployments(request, ['p'])).items, []);
      await assert.rejects(source.listScores(request, defaultPackOrder), isPackNotFound);
      await assert.rejects(source.listDeployments(request), isPackNotFound);
    }));
});
