import { BuiltFiles } from '../support/bundle/builtFiles.ts';
import { findBundleParts, sizeLimits } from '../support/bundle/bundleParts.ts';
import { root } from '../support/folders.ts';
import { formatKilobytes, type Measurement } from './measurement.ts';

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
    {
      name: 'bundle: credentials, beyond the client',
      figures: { bytes, totalBytes },
      value: formatKilobytes(bytes),
      comparison: `in total ${formatKilobytes(totalBytes)}`,
    },
  ];
}
