import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { devNull } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { type ConfigServiceClient, DescribeConfigurationAggregatorsCommand } from '@aws-sdk/client-config-service';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { type ConfigService, startConfigService } from '../../config-service/index.ts';
import { createConfigClient, createStsClient } from './clients.ts';
import { paginators } from './pagination.ts';

// Compares the results of the AWS CLI with those of the SDK, if the CLI is installed.
if (isOnPath('aws')) {
  describe('local AWS Config: the AWS CLI', () => {
    let service: ConfigService;
    let client: ConfigServiceClient;
    before(async () => {
      service = await startConfigService({ estate: 'demo' });
      client = createConfigClient(service);
    });
    after(() => service.close());

    const aws = async (...args: readonly string[]) => {
      const { accessKeyId, secretAccessKey } = service.caller();
      const { stdout } = await promisify(execFile)(
        'aws',
        [...args, '--endpoint-url', service.url, '--output', 'json'],
        {
          env: {
            PATH: process.env.PATH,
            AWS_EC2_METADATA_DISABLED: 'true',
            AWS_CONFIG_FILE: devNull,
            AWS_SHARED_CREDENTIALS_FILE: devNull,
            AWS_DEFAULT_REGION: service.estate.home.region,
            AWS_ACCESS_KEY_ID: accessKeyId,
            AWS_SECRET_ACCESS_KEY: secretAccessKey,
            AWS_PAGER: '',
          },
        },
      );
      return JSON.parse(stdout);
    };

    it('reads the same scores, page by page', async () => {
      const rows: string[] = [];
      const token: string[] = [];
      do {
        const args = ['configservice', 'list-conformance-pack-compliance-scores', '--limit', '8', ...token];
        const { ConformancePackComplianceScores, NextToken } = await aws(...args);
        rows.push(...ConformancePackComplianceScores.map(formatMembers('ConformancePackName', 'Score')));
        token.splice(0, 2, ...(NextToken === undefined ? [] : ['--next-token', NextToken]));
      } while (token.length > 0);
      const sdk = await paginators.ListConformancePackComplianceScores(client, 8, '');
      assert.deepEqual(rows, sdk.rows.map(formatMembers('ConformancePackName', 'Score')));
      assert.equal(service.requests.count('ListConformancePackComplianceScores'), 4);
    });

    it('reads the same deployment states', async () => {
      const { ConformancePackStatusDetails: rows } = await aws('configservice', 'describe-conformance-pack-status');
      const sdk = await paginators.DescribeConformancePackStatus(client, 0, '');
      const members = [
        'ConformancePackName',
        'ConformancePackState',
        'ConformancePackArn',
        'ConformancePackStatusReason',
      ];
      assert.deepEqual(rows.map(formatMembers(...members)), sdk.rows.map(formatMembers(...members)));
    });

    it('reads the same aggregate rows, over several pages', async () => {
      const command = ['configservice', 'describe-aggregate-compliance-by-conformance-packs'];
      const { AggregateComplianceByConformancePacks: rows } = await aws(
        ...command,
        '--configuration-aggregator-name',
        'organization',
        '--page-size',
        '50',
      );
      const sdk = await paginators.DescribeAggregateComplianceByConformancePacks(client, 50, '');
      assert.deepEqual(rows, sdk.rows);
    });

    it('reads the same aggregators', async () => {
      const { ConfigurationAggregators: rows } = await aws('configservice', 'describe-configuration-aggregators');
      const sdk = await client.send(new DescribeConfigurationAggregatorsCommand({}));
      const members = ['ConfigurationAggregatorName', 'ConfigurationAggregatorArn'];
      assert.deepEqual(
        rows.map(formatMembers(...members)),
        sdk.ConfigurationAggregators?.map(formatMembers(...members)),
      );
    });

    it('reads the same identity', async () => {
      const { Account, Arn, UserId } = await createStsClient(service).send(new GetCallerIdentityCommand({}));
      assert.deepEqual(await aws('sts', 'get-caller-identity'), { Account, Arn, UserId });
    });
  });
}

function isOnPath(command: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Returns a function that formats these members of a row. */
function formatMembers(...members: readonly string[]): (row: object) => string {
  return (row) => members.map((member) => String(Reflect.get(row, member))).join(' ');
}
