import type { Scope } from './estate/estate.ts';

/** Long-lived credentials of one account. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** The caller of a request: the account of the access key, the region of the signature, and the assumed role if any. */
export interface Caller extends Scope {
  readonly role?: string;
  readonly session?: string;
}

/** Returns the access key of an account: `AKIDPACKSCOPE<account>` with the secret `secret-<account>`. */
export function getCredentials(account: string): Credentials {
  return { accessKeyId: `AKIDPACKSCOPE${account}`, secretAccessKey: `secret-${account}` };
}

/** Returns the account of an access key. It may not exist in the estate. */
export function findAccount(accessKeyId: string): string | undefined {
  return /^AKIDPACKSCOPE(\d{12})$/.exec(accessKeyId)?.[1];
}

const roleId = 'AROA4PACKSCOPEAUDIT77';

/** Returns the caller's identity as STS reports it. */
export function getCallerIdentity({ account, role = 'SecurityAudit', session = 'auditor' }: Omit<Caller, 'region'>) {
  return {
    Account: account,
    Arn: `arn:aws:sts::${account}:assumed-role/${role}/${session}`,
    UserId: `${roleId}:${session}`,
  };
}
