import type { Scope } from '../model.ts';

/** Where the console of a partition lives; the isolated partitions have none that can be named here. */
const hosts: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
  'aws-eusc': 'console.amazonaws-eusc.eu',
};

/** The console's page of a CloudFormation stack, or undefined where the partition has no known console. */
export function stackUrl(scope: Scope, stackArn: string): string | undefined {
  return page(scope, 'cloudformation', `#/stacks/stackinfo?stackId=${encoded(stackArn)}`);
}

/** The console's AWS Config timeline of a resource. */
export function resourceUrl(scope: Scope, resourceType: string, resourceId: string): string | undefined {
  const query = `resourceId=${encoded(resourceId)}&resourceType=${encoded(resourceType)}`;
  return page(scope, 'config', `#/resources/timeline?${query}`);
}

/** The console's page of a conformance pack. */
export function packUrl(scope: Scope, pack: string): string | undefined {
  return page(scope, 'config', `#/conformance-packs/details?conformancePackName=${encoded(pack)}`);
}

function page({ partition, region }: Scope, service: string, fragment: string): string | undefined {
  const host = hosts[partition];
  return host && `https://${region}.${host}/${service}/home?region=${region}${fragment}`;
}

/** Half a character of UTF-16 has no encoding; a replacement has. */
const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());
