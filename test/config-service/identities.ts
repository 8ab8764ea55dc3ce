import type { Scope } from './estate/estate.ts';

/** Long-lived credentials of one account. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Who asks: the account behind the access key, in the region the request was signed for, and the role that was assumed. */
export interface Caller extends Scope {
  readonly role?: string;
  readonly session?: string;
}

/** Every account has one caller: `AKIDPACKSCOPE<account>` with the secret `secret-<account>`. */
export function getCredentials(account: string): Credentials {
  return { accessKeyId: `AKIDPACKSCOPE${account}`, secretAccessKey: `secret-${account}` };
}

/** The account an access key belongs to, whether or not an estate knows that account. */
export function findAccount(accessKeyId: string): string | undefined {
  return /^AKIDPACKSCOPE(\d{12})$/.exec(accessKeyId)?.[1];
}

const roleId = 'AROA4PACKSCOPEAUDIT77';

/** The caller's identity as STS tells it. */
export function getCallerIdentity({ account, role = 'SecurityAudit', session = 'auditor' }: Omit<Caller, 'region'>) {
  return {
    Account: account,
    Arn: `arn:aws:sts::${account}:assumed-role/${role}/${session}`,
    UserId: `${roleId}:${session}`,
  };
}
