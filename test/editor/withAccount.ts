import { credentialsOf } from '../config-service/identities.ts';
import type { Packscope } from './packscope.ts';

const [id, secret] = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const;

/** Runs `use` with the environment signed in to another account, or to none; nothing known before or within stays. */
export async function withAccount<T>(
  { estate }: Packscope,
  account: string | undefined,
  use: () => Promise<T>,
): Promise<T> {
  const before = { [id]: process.env[id], [secret]: process.env[secret] };
  delete process.env[id];
  delete process.env[secret];
  if (account !== undefined) {
    const { accessKeyId, secretAccessKey } = credentialsOf(account);
    Object.assign(process.env, { [id]: accessKeyId, [secret]: secretAccessKey });
  }
  estate.reset();
  try {
    return await use();
  } finally {
    Object.assign(process.env, before);
    estate.reset();
  }
}
