import {
  DescribeConfigRuleEvaluationStatusCommand,
  DescribeRemediationExceptionsCommand,
  SelectResourceConfigCommand,
} from '@aws-sdk/client-config-service';
import type { EvaluationStatus, RemediationException, TaggedResource } from '../compliance/resourceModel.ts';
import type { Page, PageRequest, ResourceSource } from '../compliance/source.ts';
import type { ConfigClient } from './configClient.ts';
import { toSelectedRow } from './convertOrganization.ts';
import { toEvaluationStatus, toException, toTaggedResource } from './convertResources.ts';
import { convertRows } from './convertRows.ts';

// The service's page limits.
const pageLimit = 100;
const statusLimit = 50;

/** Requests about single rules and resources of the connection's scope. Loaded on first use. */
export class ResourceConfigSource implements ResourceSource {
  readonly #client: ConfigClient;

  constructor(client: ConfigClient) {
    this.#client = client;
  }

  listExceptions(request: PageRequest, rule: string): Promise<Page<RemediationException>> {
    const command = new DescribeRemediationExceptionsCommand({ ConfigRuleName: rule, ...paging(request, pageLimit) });
    return this.#client.fetchPage(
      'DescribeRemediationExceptions',
      (client, options) => client.send(command, options),
      (output) => convertRows('DescribeRemediationExceptions', output, 'RemediationExceptions', toException),
      request.signal,
    );
  }

  selectTags(request: PageRequest, expression: string): Promise<Page<TaggedResource>> {
    const command = new SelectResourceConfigCommand({ Expression: expression, ...paging(request, pageLimit) });
    return this.#client.fetchPage(
      'SelectResourceConfig',
      (client, options) => client.send(command, options),
      (output) =>
        convertRows('SelectResourceConfig', output, 'Results', (result) => toTaggedResource(toSelectedRow(result))),
      request.signal,
    );
  }

  listEvaluationStatuses(request: PageRequest, rules: readonly string[]): Promise<Page<EvaluationStatus>> {
    const command = new DescribeConfigRuleEvaluationStatusCommand({
      ConfigRuleNames: [...rules],
      ...paging(request, statusLimit),
    });
    return this.#client.fetchPage(
      'DescribeConfigRuleEvaluationStatus',
      (client, options) => client.send(command, options),
      (output) =>
        convertRows('DescribeConfigRuleEvaluationStatus', output, 'ConfigRulesEvaluationStatus', toEvaluationStatus),
      request.signal,
    );
  }
}

const paging = ({ cursor }: PageRequest, limit: number) => ({
  Limit: limit,
  ...(cursor !== undefined && { NextToken: cursor }),
});
