/** The regions in which a person may have AWS Config, by partition: what is offered, never a limit. */
const partitions: Readonly<Record<string, string>> = {
  aws: `us-east-1 us-east-2 us-west-1 us-west-2 af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3
    ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7
    ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3
    il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1`,
  'aws-us-gov': 'us-gov-east-1 us-gov-west-1',
  'aws-cn': 'cn-north-1 cn-northwest-1',
};

const partitionOf = (region: string): string =>
  Object.keys(partitions).find((name) => partitions[name]?.split(/\s+/).includes(region)) ?? 'aws';

/** Regions to choose from: those that are known to be used first, then the others of their partitions. */
export function regionsToOffer(used: readonly string[]): string[] {
  const names = used.length > 0 ? used.map(partitionOf) : ['aws'];
  const others = [...new Set(names)].flatMap((name) => partitions[name]?.split(/\s+/) ?? []);
  return [...new Set([...used, ...others])];
}

/** Whether a text has the form of a region's name. */
export const isRegion = (text: string): boolean => /^[a-z]{2,}(-[a-z]+)+-\d+$/.test(text);
