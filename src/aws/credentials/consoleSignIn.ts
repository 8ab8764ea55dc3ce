import { getEffectiveProfile } from '../../compliance/source.ts';
import type { ConsoleSignIn } from '../../compliance/text/consoleUrls.ts';
import { AwsFiles } from '../configuration/awsFiles.ts';

/**
 * How a browser signs in to the account of a profile through IAM Identity Center, as the user's AWS files say. Undefined
 * if the profile names no start URL, account and role: those of a role that it assumes are not known to Identity Center.
 * `profile`: undefined for the one that the AWS SDK uses by default.
 */
export async function loadConsoleSignIn(profile: string | undefined): Promise<ConsoleSignIn | undefined> {
  const files = await AwsFiles.load();
  const section = files.getProfile(getEffectiveProfile(profile, process.env));
  if (!section || section.role_arn !== undefined) return undefined;
  const { sso_session: session, sso_account_id: account, sso_role_name: role } = section;
  const settings = session === undefined ? section : files.getSection('sso-session', session);
  const startUrl = settings?.sso_start_url;
  return startUrl && account && role ? { startUrl, account, role } : undefined;
}
