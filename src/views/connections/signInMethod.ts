import type { Profile } from '../../compliance/source.ts';

/** How a profile is signed in: by a command of the AWS CLI, by an MFA prompt on retry, or manually as `message` explains. */
export type SignInMethod =
  | { readonly kind: 'command'; readonly args: readonly string[] }
  | { readonly kind: 'mfaPrompt' }
  | { readonly kind: 'manual'; readonly message: string };

/** How to sign in with the profile of that name; `profile` is undefined if the AWS files do not contain it. */
export function getSignInMethod(name: string, profile: Profile | undefined): SignInMethod {
  if (!profile) {
    const message = `Your AWS files have no profile “${name}”, and there are no valid credentials in the environment. Configure a profile with “aws configure sso” or “aws configure”, or start VS Code with credentials in its environment.`;
    return { kind: 'manual', message };
  }
  const { source, kind, requiresMfa } = profile;
  if (kind === 'sso') return { kind: 'command', args: ['sso', 'login', '--profile', source] };
  if (kind === 'login') return { kind: 'command', args: ['login', '--profile', source] };
  // A profile with an MFA device needs only the code.
  if (requiresMfa) return { kind: 'mfaPrompt' };
  return { kind: 'manual', message: getInstructions(source, kind) };
}

function getInstructions(profile: string, kind: Exclude<Profile['kind'], 'sso' | 'login'>): string {
  switch (kind) {
    case 'keys':
      return `Profile “${profile}” uses access keys. Renew them with “aws configure --profile ${profile}”. Packscope then reads them again automatically.`;
    case 'process':
      return `Profile “${profile}” gets its credentials from a credential_process. Run that command in a terminal to see what it needs, then retry.`;
    case 'other':
      return `Profile “${profile}” has no credentials of its own. Configure it with “aws configure sso --profile ${profile}” or “aws configure --profile ${profile}”.`;
  }
}
