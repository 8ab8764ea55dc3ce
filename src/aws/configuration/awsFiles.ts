import { loadSharedConfigFiles } from '@smithy/core/config';

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Keys and values of a section. A nested key such as `sts.endpoint_url` follows the name of its group. */
export type Section = Readonly<Record<string, string | undefined>>;

/** Sections that the AWS SDK reads only from the config file. */
export type NamedSection = 'sso-session' | 'services';

/** The user's AWS files as the SDK reads them. */
export class AwsFiles {
  readonly #configFile: Readonly<Record<string, Section>>;
  readonly #credentialsFile: Readonly<Record<string, Section>>;
  readonly #fingerprint: string;

  constructor(configFile: Readonly<Record<string, Section>>, credentialsFile: Readonly<Record<string, Section>>) {
    this.#configFile = configFile;
    this.#credentialsFile = credentialsFile;
    this.#fingerprint = JSON.stringify([configFile, credentialsFile]);
  }

  /** Reads the files that AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE name, or those in the home folder. */
  static async load(): Promise<AwsFiles> {
    const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
    return new AwsFiles(configFile, credentialsFile);
  }

  /** Identifies the contents of the files. */
  get fingerprint(): string {
    return this.#fingerprint;
  }

  /** The names of other sections start with their kind, as in `sso-session.work`. */
  get profileNames(): readonly string[] {
    const names = new Set([...Object.keys(this.#configFile), ...Object.keys(this.#credentialsFile)]);
    return [...names].filter((name) => !/^(sso-session|services)\./.test(name));
  }

  /** A profile for credentials and the region, where the credentials file comes first; undefined if neither file has it. */
  getProfile(name: string): Section | undefined {
    const [config, credentials] = [this.#configFile[name], this.#credentialsFile[name]];
    return config || credentials ? { ...config, ...credentials } : undefined;
  }

  /** A profile for all other settings, where the config file comes first. */
  getProfileSettings(name: string): Section {
    return { ...this.#credentialsFile[name], ...this.#configFile[name] };
  }

  getSection(kind: NamedSection, name: string): Section | undefined {
    return this.#configFile[`${kind}.${name}`];
  }
}
