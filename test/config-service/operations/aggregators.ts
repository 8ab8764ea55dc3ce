import type { DescribeConfigurationAggregatorsRequest } from '@aws-sdk/client-config-service';
import type { Caller } from '../identities.ts';
import { ApiError } from '../errors.ts';
import type { Aggregator, Estate } from '../estate/estate.ts';
import { hashText, lowerAlphanumeric } from '../estate/hash.ts';
import { epochSeconds, type Operation, stepsByKey } from './operation.ts';

/** The caller's aggregator of that name, or NoSuchConfigurationAggregatorException. */
export function aggregatorNamed(estate: Estate, caller: Caller, name: string | undefined): Aggregator {
  const found = estate.aggregators(caller).find((aggregator) => aggregator.name === name);
  if (found === undefined) {
    throw new ApiError(
      'NoSuchConfigurationAggregatorException',
      `The configuration aggregator ${name} does not exist. Check the configuration aggregator name and try again.`,
    );
  }
  return found;
}

/** DescribeConfigurationAggregators, by name. */
export const aggregators: Operation<DescribeConfigurationAggregatorsRequest> = {
  steps(estate, caller, { ConfigurationAggregatorNames: names = [] }, after) {
    const wanted =
      names.length === 0
        ? estate.aggregators(caller)
        : [...new Set(names)].map((name) => aggregatorNamed(estate, caller, name));
    return stepsByKey(wanted, ({ name }) => name, describe, after);
  },
  answer: (rows) => ({ ConfigurationAggregators: rows }),
};

function describe({ account, region, name, source, accounts, regions, createdAt }: Aggregator): object {
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
    CreationTime: epochSeconds(createdAt),
    LastUpdatedTime: epochSeconds(createdAt),
  };
}
