import type { DescribeConfigurationAggregatorSourcesStatusRequest } from '@aws-sdk/client-config-service';
import type { Scope, SourceStatus } from '../estate/estate.ts';
import { findAggregator } from './aggregators.ts';
import { type Operation, type Step, toEpochSeconds } from './operation.ts';

/** DescribeConfigurationAggregatorSourcesStatus: the status of each source, ordered by account and region. */
export const aggregatorSources: Operation<DescribeConfigurationAggregatorSourcesStatusRequest> = {
  *iterate(estate, caller, { ConfigurationAggregatorName, UpdateStatus }, after): Generator<Step> {
    const { accounts, regions } = findAggregator(estate, caller, ConfigurationAggregatorName);
    for (const account of accounts) {
      for (const region of regions) {
        const position = `${account}/${region}`;
        if (position <= after) continue;
        const status = estate.sourceStatus({ account, region });
        if (UpdateStatus?.includes(status.state) ?? true)
          yield { position, row: createRow({ account, region }, status) };
      }
    }
  },
  createOutput: (rows) => ({ AggregatedSourceStatusList: rows }),
};

function createRow({ account, region }: Scope, { state, updatedAt, error }: SourceStatus): object {
  return {
    SourceId: account,
    SourceType: 'ACCOUNT',
    AwsRegion: region,
    LastUpdateStatus: state,
    LastUpdateTime: toEpochSeconds(updatedAt),
    ...(error && { LastErrorCode: error.code, LastErrorMessage: error.message }),
  };
}
