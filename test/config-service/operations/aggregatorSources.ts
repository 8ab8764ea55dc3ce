import type { DescribeConfigurationAggregatorSourcesStatusRequest } from '@aws-sdk/client-config-service';
import type { Scope, SourceStatus } from '../estate/estate.ts';
import { aggregatorNamed } from './aggregators.ts';
import { epochSeconds, type Operation, type Step } from './operation.ts';

/** DescribeConfigurationAggregatorSourcesStatus: how the data of each account and region came, by account and region. */
export const aggregatorSources: Operation<DescribeConfigurationAggregatorSourcesStatusRequest> = {
  *steps(estate, caller, { ConfigurationAggregatorName, UpdateStatus }, after): Generator<Step> {
    const { accounts, regions } = aggregatorNamed(estate, caller, ConfigurationAggregatorName);
    for (const account of accounts) {
      for (const region of regions) {
        const position = `${account}/${region}`;
        if (position <= after) continue;
        const status = estate.sourceStatus({ account, region });
        if (UpdateStatus?.includes(status.state) ?? true) yield { position, row: rowOf({ account, region }, status) };
      }
    }
  },
  answer: (rows) => ({ AggregatedSourceStatusList: rows }),
};

function rowOf({ account, region }: Scope, { state, updatedAt, error }: SourceStatus): object {
  return {
    SourceId: account,
    SourceType: 'ACCOUNT',
    AwsRegion: region,
    LastUpdateStatus: state,
    LastUpdateTime: epochSeconds(updatedAt),
    ...(error && { LastErrorCode: error.code, LastErrorMessage: error.message }),
  };
}
