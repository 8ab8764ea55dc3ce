import type { Scope } from '../model.ts';
import { validate } from '../validation.ts';

/** Console hosts by partition. The hosts of isolated partitions are not public. */
const hosts: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
  'aws-eusc': 'console.amazonaws-eusc.eu',
};

/** The console page of a CloudFormation stack; undefined if the partition's console is unknown. */
export function getStackUrl(scope: Scope, stackArn: string): string | undefined {
  return createUrl(scope, 'cloudformation', `#/stacks/stackinfo?stackId=${encode(stackArn)}`);
}

/** The console page with the AWS Config timeline of a resource; undefined if the partition's console is unknown. */
export function getResourceUrl(scope: Scope, resourceType: string, resourceId: string): string | undefined {
  const query = `resourceId=${encode(resourceId)}&resourceType=${encode(resourceType)}`;
  return createUrl(scope, 'config', `#/resources/timeline?${query}`);
}

/** The console page of a conformance pack; undefined if the partition's console is unknown. */
export function getPackUrl(scope: Scope, pack: string): string | undefined {
  return createUrl(scope, 'config', `#/conformance-packs/details?conformancePackName=${encode(pack)}`);
}

function createUrl({ partition, region }: Scope, service: string, fragment: string): string | undefined {
  // The region is part of the host name, and may come from a response.
  const host = validate('region', region) === undefined ? hosts[partition] : undefined;
  return host && `https://${region}.${host}/${service}/home?region=${region}${fragment}`;
}

/** Encodes a text for a URL. `encodeURIComponent` throws for lone surrogates, so they are replaced. */
const encode = (text: string): string => encodeURIComponent(text.toWellFormed());
