import type { DescribeConfigurationAggregatorsRequest } from '@aws-sdk/client-config-service';
import { ApiError } from '../errors.ts';
import type { Aggregator, Estate } from '../estate/estate.ts';
import { hashText, lowerAlphanumeric } from '../estate/hash.ts';
import type { Caller } from '../identities.ts';
import { iterateByKey, type Operation, toEpochSeconds } from './operation.ts';

/** Returns the caller's aggregator, or throws NoSuchConfigurationAggregatorException. */
export function findAggregator(estate: Estate, caller: Caller, name: string | undefined): Aggregator {
  const aggregator = estate.aggregators(caller).find((each) => each.name === name);
  if (aggregator === undefined) {
    throw new ApiError(
      'NoSuchConfigurationAggregatorException',
      `The configuration aggregator ${name} does not exist. Check the configuration aggregator name and try again.`,
    );
  }
  return aggregator;
}

/** DescribeConfigurationAggregators, ordered by name. */
export const aggregators: Operation<DescribeConfigurationAggregatorsRequest> = {
  iterate(estate, caller, { ConfigurationAggregatorNames: names = [] }, after) {
    const selected =
      names.length === 0
        ? estate.aggregators(caller)
        : [...new Set(names)].map((name) => findAggregator(estate, caller, name));
    return iterateByKey(selected, ({ name }) => name, createRow, after);
  },
  createOutput: (rows) => ({ ConfigurationAggregators: rows }),
};

function createRow({ account, region, name, source, accounts, regions, createdAt }: Aggregator): object {
  const id = hashText(8, lowerAlphanumeric, account, region, name);
  return {
    ConfigurationAggregatorName: name,
    ConfigurationAggregatorArn: `arn:aws:config:${region}:${account}:config-aggregator/config-aggregator-${id}`,
    ...(source === 'organization'
      ? {
          OrganizationAggregationSource: {
            RoleArn: `arn:aws:iam::${account}:role/AWSConfigOrganizationAggregator`,
            AllAwsRegions: true,
          },
        }
      : { AccountAggregationSources: [{ AccountIds: accounts, AllAwsRegions: false, AwsRegions: regions }] }),
    CreationTime: toEpochSeconds(createdAt),
    LastUpdatedTime: toEpochSeconds(createdAt),
  };
}
