import type { ErrorDetails } from '../../errorDetails.ts';
import type { Cause, ErrorAction, ErrorKindTexts } from './errorKind.ts';
import { getSubject } from './subjects.ts';

/** AWS refuses a request of accepted credentials. */
export const denials = {
  denied: {
    getTitle: ({ details }) => `Not permitted: ${details.permission ?? 'this request'}`,
    getCauses: ({ details }) => [getDenialCause(details)],
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

function getDenialCause({ permission, denial, policy }: ErrorDetails): Cause {
  // Another permission changes nothing in these cases.
  if (denial !== undefined)
    return { text: `${describeDenial(denial, policy)} Ask an administrator to change that, then retry.` };
  return askForPermission(permission);
}

const askForPermission = (permission: string | undefined): Cause => ({
  text:
    permission === undefined
      ? 'Ask for the permission named in the message, then retry.'
      : `Ask for the permission ${permission}, then retry.`,
  action: getPolicyAction(permission),
});

/** Access through IAM Identity Center (`sso:…`) is assigned there: an IAM policy does not grant it. */
function getPolicyAction(permission: string | undefined): ErrorAction | undefined {
  if (permission === undefined || permission.startsWith('sso:')) return undefined;
  return { kind: 'copyPolicy', permissions: [permission] };
}

function describeDenial(denial: 'explicit' | 'implicit', policy: string | undefined): string {
  if (denial === 'implicit') return `No ${policy ?? 'policy'} allows this.`;
  if (policy === undefined) return 'The cause is an explicit deny.';
  return `The cause is an explicit deny in ${/^[aeio]/i.test(policy) ? 'an' : 'a'} ${policy}.`;
}
