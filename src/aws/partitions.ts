/** A group of regions that has its own accounts and keys. */
interface Partition {
  /** As in ARNs. */
  readonly name: string;
  /** The beginning of its regions' names. */
  readonly prefix: string;
  /** A region that no account can disable. */
  readonly defaultRegion: string;
}

/** Partitions by the prefix of their regions. A region with none of these prefixes belongs to `aws`. */
const partitions: readonly Partition[] = [
  { name: 'aws-cn', prefix: 'cn-', defaultRegion: 'cn-north-1' },
  { name: 'aws-us-gov', prefix: 'us-gov-', defaultRegion: 'us-gov-west-1' },
  { name: 'aws-iso', prefix: 'us-iso-', defaultRegion: 'us-iso-east-1' },
  { name: 'aws-iso-b', prefix: 'us-isob-', defaultRegion: 'us-isob-east-1' },
  { name: 'aws-iso-e', prefix: 'eu-isoe-', defaultRegion: 'eu-isoe-west-1' },
  { name: 'aws-iso-f', prefix: 'us-isof-', defaultRegion: 'us-isof-south-1' },
  { name: 'aws-eusc', prefix: 'eusc-', defaultRegion: 'eusc-de-east-1' },
];

const commercial: Partition = { name: 'aws', prefix: '', defaultRegion: 'us-east-1' };

export const getPartition = (region: string): Partition =>
  partitions.find(({ prefix }) => region.startsWith(prefix)) ?? commercial;
