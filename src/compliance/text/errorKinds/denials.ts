import type { ErrorDetails } from '../../errorDetails.ts';
import type { Cause, ErrorKindTexts } from './errorKind.ts';
import { getSubject } from './subjects.ts';
import { quoteAnswer } from './valueOrigin.ts';

/** AWS refuses a request of accepted credentials. */
export const denials = {
  denied: {
    getTitle: ({ details }) => `Not permitted: ${details.permission ?? 'this request'}`,
    getCauses: ({ message, details }) => [getDenialCause(message, details)],
  },
  deniedWithoutReason: {
    getTitle: ({ details }) => `AWS denied ${getSubject(details) ?? 'this request'} without a reason`,
    getCauses: ({ details: { permission, region } }) => [
      askForPermission(permission),
      { text: `If you have it: AWS does not offer every operation in ${region ?? 'every region'}.` },
    ],
  },
  organizationDenied: {
    getTitle: () => 'Not permitted for this account of the organization',
    getCauses: () => [
      {
        text: 'Ask from the management account or a delegated administrator account: choose its profile in the setting packscope.connections.',
        action: { kind: 'openSetting', setting: 'packscope.connections' },
      },
    ],
  },
} satisfies Record<string, ErrorKindTexts>;

function getDenialCause(message: string, { permission, denial, policy }: ErrorDetails): Cause {
  // Another permission changes nothing in these cases.
  if (denial !== undefined)
    return { text: `${describeDenial(denial, policy)} Ask an administrator to change that, then retry.` };
  const cause = askForPermission(permission);
  // Other words than those of IAM may have another remedy.
  return /not authorized/i.test(message) ? cause : { ...cause, text: `${quoteAnswer(message)} ${cause.text}` };
}

function askForPermission(permission: string | undefined): Cause {
  if (permission === undefined) return { text: 'Ask for the missing permission, then retry.' };
  // No IAM policy grants access to a role of IAM Identity Center.
  if (permission.startsWith('sso:'))
    return { text: 'Ask for an assignment to the account and role of the profile in IAM Identity Center, then retry.' };
  return {
    text: `Ask for the permission ${permission}, then retry.`,
    action: { kind: 'copyPolicy', permissions: [permission] },
  };
}

function describeDenial(denial: 'explicit' | 'implicit', policy: string | undefined): string {
  if (denial === 'implicit') return `No ${policy ?? 'policy'} allows this.`;
  if (policy === undefined) return 'The cause is an explicit deny.';
  return `The cause is an explicit deny in ${/^[aeio]/i.test(policy) ? 'an' : 'a'} ${policy}.`;
}
