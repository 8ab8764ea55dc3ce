import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ValueOrigin } from '../../compliance/errors.ts';
import { type IniLine, readIniLines } from './iniLines.ts';
import type { ConfigLocation, ConfigurationProblem } from './problem.ts';

/** An AWS file with its headers and keys. */
interface AwsFile {
  readonly path: string;
  readonly isConfig: boolean;
  /** The environment variable that names the file. */
  readonly variable: string | undefined;
  readonly lines: readonly IniLine[];
  /** Why the file cannot be read, such as `EACCES`. */
  readonly failure: string | undefined;
}

/** A sentence without a full stop, and where the cause is. */
export interface LocatedCause {
  readonly message: string;
  readonly origin: ValueOrigin | undefined;
}

/** Keys for which the config file precedes the credentials file. */
const configKeys = /^(services|endpoint_url|use_\w+|ignore_\w+|ca_bundle)$/;

/** Names that the SDK can read. */
const readableName = /^[\w\-@+.%:/]+$/;

/** Finds where in the AWS files a value is. */
export async function locate(location: ConfigLocation): Promise<ValueOrigin | undefined> {
  return findOrigin(location, await readAwsFiles());
}

/** Finds where the cause of a problem is. A section that seems to be missing may have a form that the SDK cannot read. */
export async function findCause({
  message,
  location,
  missing,
}: ConfigurationProblem): Promise<LocatedCause & { readonly isFound: boolean }> {
  const files = await readAwsFiles();
  const origin = findOrigin(location, files);
  if (!missing) return { message, origin, isFound: false };
  const similar = findSimilar(missing, files);
  if (!similar) return { message, origin, isFound: false };
  // A key that names the section is the better location, because it has to be changed as well.
  const isKey = origin?.kind === 'file';
  return {
    message: isKey ? `${message}. ${similar.message}` : similar.message,
    origin: isKey ? origin : similar.origin,
    isFound: true,
  };
}

function findOrigin(location: ConfigLocation, files: readonly AwsFile[]): ValueOrigin | undefined {
  if ('setting' in location) return { kind: 'setting', setting: location.setting };
  if ('variable' in location) return { kind: 'environment', variable: location.variable };
  const { section, name, key, profile } = location;
  const ordered = key !== undefined && configKeys.test(key) ? files : files.toReversed();
  const isSection = (file: AwsFile, { header }: IniLine) => parseHeader(header, file.isConfig) === `${section} ${name}`;
  for (const isWanted of [(line: IniLine) => line.key === key, (line: IniLine) => line.key === undefined]) {
    for (const file of ordered) {
      // The last of several values counts.
      const found = file.lines.findLast((line) => isWanted(line) && isSection(file, line));
      if (found) return { kind: 'file', file: file.path, line: found.line, profile, ...(key !== undefined && { key }) };
    }
  }
  return undefined;
}

/** The kind and the name of a section that the SDK reads, such as `profile dev`. */
function parseHeader(header: string, isConfig: boolean): string | undefined {
  const [, kind, , name] = /^([\w-]+)\s(["'])?([\w\-@+.%:/]+)\2$/.exec(header) ?? [];
  if (isConfig && kind !== undefined) return `${kind} ${name}`;
  if (!isConfig || header === 'default') return `profile ${header}`;
  return undefined;
}

function findSimilar(
  { section, name }: NonNullable<ConfigurationProblem['missing']>,
  files: readonly AwsFile[],
): LocatedCause | undefined {
  for (const { path, variable, failure } of files) {
    if (failure === undefined || (failure === 'ENOENT' && variable === undefined)) continue;
    const origin: ValueOrigin =
      variable === undefined ? { kind: 'file', file: path, line: 1 } : { kind: 'environment', variable };
    return { message: `The file ${path} cannot be read (${failure})`, origin };
  }
  for (const file of files) {
    const found = file.lines.find(({ header, key }) => key === undefined && getName(header) === name);
    if (!found) continue;
    const origin: ValueOrigin = {
      kind: 'file',
      file: file.path,
      line: found.line,
      ...(section === 'profile' && { profile: name }),
    };
    return {
      message: `The AWS SDK does not read [${found.header}] in line ${found.line}: ${getReason(section, name, found, file)}`,
      origin,
    };
  }
  return undefined;
}

/** The name in a header, without the kind and quotes. */
const getName = (header: string): string =>
  header
    .trim()
    .replace(/^(?:profile|sso-session|services)\s+/, '')
    .replace(/^(["'])(.*)\1$/, '$2');

function getReason(section: string, name: string, { header }: IniLine, { isConfig }: AwsFile): string {
  if (!readableName.test(name)) return 'its name has a space or another character that the SDK does not accept';
  const expected = isConfig ? (section === 'profile' && name === 'default' ? name : `${section} ${name}`) : name;
  if (!isConfig && section !== 'profile') return 'it belongs in the config file';
  return header === expected ? 'it has no keys' : `its header must be [${expected}]`;
}

/** Reads the files that the SDK reads: first the config file, then the credentials file. */
function readAwsFiles(): Promise<readonly AwsFile[]> {
  return Promise.all([
    readAwsFile('AWS_CONFIG_FILE', 'config', true),
    readAwsFile('AWS_SHARED_CREDENTIALS_FILE', 'credentials', false),
  ]);
}

async function readAwsFile(variable: string, name: string, isConfig: boolean): Promise<AwsFile> {
  const ofEnvironment = process.env[variable] || undefined;
  const path = (ofEnvironment ?? join(homedir(), '.aws', name)).replace(/^~(?=\/)/, homedir());
  const file = { path, isConfig, variable: ofEnvironment && variable };
  try {
    return { ...file, lines: [...readIniLines(await readFile(path, 'utf8'))], failure: undefined };
  } catch (thrown) {
    const failure = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown);
    return { ...file, lines: [], failure };
  }
}
