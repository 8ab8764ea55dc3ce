import type { Profile } from '../../compliance/source.ts';

/** How a connection is signed in: by a command of the AWS CLI, by being asked again, or by the person, who is told how. */
export type SignInWay =
  | { readonly by: 'command'; readonly args: readonly string[] }
  | { readonly by: 'asking' }
  | { readonly by: 'person'; readonly words: string };

/** The way that fits a profile; `name` is what it is called where the AWS files do not have it. */
export function signInWay(name: string, profile: Profile | undefined): SignInWay {
  const { source = name, kind = 'other', mfa = false } = profile ?? {};
  if (kind === 'sso') return { by: 'command', args: ['sso', 'login', '--profile', source] };
  if (kind === 'login') return { by: 'command', args: ['login', '--profile', source] };
  // Who is asked for a code has everything else already.
  if (mfa) return { by: 'asking' };
  if (kind === 'keys') {
    const words = `Profile “${source}” has access keys of its own. Renew them with “aws configure --profile ${source}”; they are read again by themselves.`;
    return { by: 'person', words };
  }
  if (kind === 'process') {
    const words = `Profile “${source}” has its credentials from a credential_process. Run that command in a terminal, where it can say what it needs, then try again.`;
    return { by: 'person', words };
  }
  const words = profile
    ? `Profile “${source}” has no credentials of its own. Configure it with “aws configure sso --profile ${source}” or “aws configure --profile ${source}”.`
    : `Your AWS files have no profile “${name}”, and the environment holds no good credentials. Configure a profile with “aws configure sso” or “aws configure”, or start VS Code with the environment set.`;
  return { by: 'person', words };
}
