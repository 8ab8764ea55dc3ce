import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BuiltFiles } from '../support/bundle/builtFiles.ts';
import { findBundleParts, sizeLimits, sumTemplateBytes, templateSizeLimits } from '../support/bundle/bundleParts.ts';
import { root } from '../support/folders.ts';
import { formatKilobytes, type Measurement } from './measurement.ts';

const execute = promisify(execFile);

/** The maximum size of the packaged extension. */
const maxPackageBytes = 800_000;

/** Measures the size of each part of the bundle with its static imports. */
export async function measureSizes(): Promise<Measurement[]> {
  const files = await BuiltFiles.read(root);
  const parts = findBundleParts(files);
  const limited = (['entry', 'client', 'webview'] as const).map((part): Measurement => {
    const bytes = files.sumBytes(files.getStaticClosure(parts[part]));
    const fileBytes = files.sumBytes([parts[part]]);
    const limit = sizeLimits[part];
    return {
      name: `bundle: ${part}`,
      figures: { bytes, fileBytes },
      value: formatKilobytes(bytes),
      comparison: `file alone ${formatKilobytes(fileBytes)}`,
      bound: `≤ ${formatKilobytes(limit)}`,
      holds: bytes <= limit,
    };
  });
  const clientFiles = files.getStaticClosure(parts.client);
  const credentialsFiles = files.getStaticClosure(parts.credentials);
  const totalBytes = files.sumBytes(credentialsFiles);
  const bytes = files.sumBytes(credentialsFiles.filter((path) => !clientFiles.includes(path)));
  return [
    ...limited,
    createSize(
      'bundle: templates, YAML or JSON',
      sumTemplateBytes(files, parts, [parts.cloudFormation]),
      templateSizeLimits.cloudFormation,
    ),
    createSize(
      'bundle: templates, all languages',
      sumTemplateBytes(files, parts, parts.templateLanguages),
      templateSizeLimits.allLanguages,
    ),
    createSize('extension package', await measurePackage(), maxPackageBytes),
    {
      name: 'bundle: credentials, beyond the client',
      figures: { bytes, totalBytes },
      value: formatKilobytes(bytes),
      comparison: `in total ${formatKilobytes(totalBytes)}`,
    },
  ];
}

const createSize = (name: string, bytes: number, limit: number): Measurement => ({
  name,
  figures: { bytes },
  value: formatKilobytes(bytes),
  bound: `≤ ${formatKilobytes(limit)}`,
  holds: bytes <= limit,
});

/** Packages the extension as `npm run package` does, and returns the size of the file in bytes. */
async function measurePackage(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'packscope-package-'));
  try {
    const path = join(folder, 'packscope.vsix');
    const flags = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', path];
    await execute(join(root, 'node_modules', '.bin', 'vsce'), ['package', ...flags], { cwd: root });
    return (await stat(path)).size;
  } finally {
    await rm(folder, { recursive: true });
  }
}
