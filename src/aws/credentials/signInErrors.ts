import { getEffectiveProfile } from '../../compliance/source.ts';
import { AwsFiles } from '../configuration/awsFiles.ts';
import { toConfigurationError } from '../configuration/connectionConfiguration.ts';
import { type ConfigurationProblem, createKeyLocation } from '../configuration/problem.ts';
import { findMissingCredentials } from '../configuration/profileProblems.ts';
import { findSourceProfile } from '../configuration/sourceProfile.ts';
import { toComplianceError } from '../transport/errorClassification.ts';
import type { ProviderEvidence } from './providerErrors.ts';

/** Converts an error of a profile's credential provider if there is evidence about its cause. Other errors stay as they are. */
export async function toSignInError(thrown: unknown, profile: string | undefined): Promise<unknown> {
  if (!(thrown instanceof Error)) return thrown;
  const { signInRequest, processFailure }: Error & ProviderEvidence = thrown;
  const effective = getEffectiveProfile(profile, process.env);
  if (processFailure) {
    const name = findSourceProfile(effective, await AwsFiles.load());
    const location = createKeyLocation(name, 'credential_process');
    const message = thrown.message.replace(/^The credential_process/, `$& of profile “${name}”`);
    return toConfigurationError({ kind: processFailure, message, location });
  }
  if (signInRequest) return toComplianceError(thrown, signInRequest);
  if (profile !== undefined || !isEndOfChain(thrown)) return thrown;
  const problem = process.env.AWS_PROFILE
    ? findMissingCredentials(effective, (await AwsFiles.load()).getProfile(effective) ?? {})
    : findUnusedVariable(process.env);
  return problem ? toConfigurationError(problem) : thrown;
}

/** Whether no provider of the default chain has credentials. The chain drops their errors. */
const isEndOfChain = ({ message }: Error): boolean =>
  message.startsWith('Could not load credentials from any providers');

/** A variable that should have led to credentials. */
function findUnusedVariable(environment: NodeJS.ProcessEnv): ConfigurationProblem | undefined {
  for (const pair of variablePairs) {
    const [variable, missing] = environment[pair[0]] ? pair : pair.toReversed();
    if (variable === undefined || !environment[variable] || missing === undefined || environment[missing]) continue;
    return { kind: 'profileInvalid', message: `It is set, but ${missing} is not`, location: { variable } };
  }
  const service = containerVariables.find((variable) => environment[variable]);
  if (service === undefined) return undefined;
  const message = 'The service that it names has returned no credentials';
  return { kind: 'profileInvalid', message, location: { variable: service } };
}

const variablePairs = [
  ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
  ['AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_ROLE_ARN'],
] as const;

const containerVariables = ['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', 'AWS_CONTAINER_CREDENTIALS_FULL_URI'] as const;
