import { getCredentials } from '../config-service/identities.ts';
import type { Packscope } from './packscope.ts';

const [idVariable, secretVariable] = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const;

/** Runs `use` with the credentials of another account, or without any. The estate is reset before and after. */
export async function withAccount<T>(
  { estate }: Packscope,
  account: string | undefined,
  use: () => Promise<T>,
): Promise<T> {
  const before = {
    [idVariable]: process.env[idVariable],
    [secretVariable]: process.env[secretVariable],
  };
  delete process.env[idVariable];
  delete process.env[secretVariable];
  if (account !== undefined) {
    const { accessKeyId, secretAccessKey } = getCredentials(account);
    Object.assign(process.env, { [idVariable]: accessKeyId, [secretVariable]: secretAccessKey });
  }
  estate.reset();
  try {
    return await use();
  } finally {
    Object.assign(process.env, before);
    estate.reset();
  }
}
