import type { ErrorDetails } from '../../compliance/errors.ts';

/** The missing permission of a denied request, and the kind of policy that causes the denial. */
export function parseDenial(message: string, service: string, operation: string): ErrorDetails {
  const permission = /not authorized to perform:\s*([\w-]+:\w+)/.exec(message)?.[1] ?? `${service}:${operation}`;
  const explicitDeny = /with an explicit deny(?: in (?:an? )?([\w\s-]{1,60}?))?(?:[:.]|$)/.exec(message);
  if (explicitDeny) {
    const [, policy] = explicitDeny;
    return { permission, denial: 'explicit', ...(policy !== undefined && { policy }) };
  }
  const policy = /because no ([\w\s-]{1,60}?) allows/.exec(message)?.[1];
  // A missing allow in the user's own policies is the usual case and needs no explanation.
  if (policy === undefined || /identity-based|resource-based/.test(policy)) return { permission };
  return { permission, denial: 'implicit', policy };
}
