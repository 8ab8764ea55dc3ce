import { renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConfigService } from '../../config-service/index.ts';

/** The AWS credentials file, the only source of credentials. */
export class CredentialsFile {
  readonly #path: string;
  readonly #service: ConfigService;
  readonly #hasFingerprint: boolean;
  #replacements = 0;
  /** The account that is signed in. */
  account: string | undefined;

  /** Without `hasFingerprint`, the files of two accounts have the same size and time. */
  constructor(folder: string, service: ConfigService, hasFingerprint: boolean) {
    this.#path = join(folder, 'credentials');
    this.#service = service;
    this.#hasFingerprint = hasFingerprint;
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) delete process.env[name];
    process.env.AWS_SHARED_CREDENTIALS_FILE = this.#path;
    this.replace(service.estate.home.account);
  }

  /** Replaces the file by one with the keys of an account, or without keys. */
  replace(account: string | undefined): void {
    const { accessKeyId, secretAccessKey } = this.#service.caller(account);
    const keys = `[default]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
    const draft = `${this.#path}.draft`;
    writeFileSync(draft, account === undefined ? '' : keys);
    if (this.#hasFingerprint) this.#replacements += 1;
    utimesSync(draft, this.#replacements, this.#replacements);
    renameSync(draft, this.#path);
    this.account = account;
  }
}
