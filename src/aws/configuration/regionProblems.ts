import type { Connection } from '../../compliance/source.ts';
import type { AwsFiles, Environment } from './awsFiles.ts';
import { type ConfigurationProblem, connectionsSetting, createKeyLocation, type LocatedValue } from './problem.ts';

/** A region's name, with the suffix that selects FIPS endpoints. `fips-` matches as a word. */
const regionName = /^[a-z]{2,}(?:-[a-z]+)+-\d+(?:-fips)?$/;

/** The region that requests go to: that of the setting, the environment or the profile; undefined if none names one. */
export function findRegion(
  connection: Connection,
  profile: string,
  files: AwsFiles,
  { AWS_REGION, AWS_DEFAULT_REGION }: Environment,
): LocatedValue | undefined {
  if (connection.region !== undefined) return { value: connection.region, location: { setting: connectionsSetting } };
  // The SDK uses this variable even if it is empty.
  if (AWS_REGION !== undefined) return { value: AWS_REGION, location: { variable: 'AWS_REGION' } };
  const region = files.getProfile(profile)?.region;
  if (region !== undefined) return { value: region, location: createKeyLocation(profile, 'region') };
  return AWS_DEFAULT_REGION ? { value: AWS_DEFAULT_REGION, location: { variable: 'AWS_DEFAULT_REGION' } } : undefined;
}

/** Whether the region of a value selects FIPS endpoints. */
export const isFipsRegion = (region: string): boolean => region.startsWith('fips-') || region.endsWith('-fips');

export function findRegionProblem({ value, location }: LocatedValue): ConfigurationProblem | undefined {
  if (regionName.test(value)) return undefined;
  const trimmed = value.trim();
  const reason = trimmed !== value && regionName.test(trimmed) ? ' because of the space around it' : '';
  return { kind: 'invalidRegion', message: `“${value}” is not the name of a region${reason}`, location, value };
}
