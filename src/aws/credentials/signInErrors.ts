import { getEffectiveProfile } from '../../compliance/source.ts';
import { AwsFiles } from '../configuration/awsFiles.ts';
import { atKey } from '../configuration/problem.ts';
import { toConfigurationError } from '../configuration/requireUsable.ts';
import { findSourceProfile } from '../configuration/sourceProfile.ts';
import { toComplianceError } from '../transport/errorClassification.ts';
import type { ProviderEvidence } from './providerErrors.ts';

/** Converts an error of a profile's credential provider if there is evidence about its cause. Other errors stay as they are. */
export async function toSignInError(thrown: unknown, profile: string | undefined): Promise<unknown> {
  if (!(thrown instanceof Error)) return thrown;
  const { signInRequest, processFailure }: Error & ProviderEvidence = thrown;
  if (processFailure) {
    const name = findSourceProfile(getEffectiveProfile(profile, process.env), await AwsFiles.load());
    const place = atKey(name, 'credential_process');
    const message = thrown.message.replace(/^The credential_process/, `$& of profile “${name}”`);
    return toConfigurationError({ kind: processFailure, message, place });
  }
  return signInRequest ? toComplianceError(thrown, signInRequest) : thrown;
}
