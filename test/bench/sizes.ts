import { root } from '../support/folders.ts';
import { BuiltFiles } from '../support/bundle/builtFiles.ts';
import { formatKilobytes, type Measurement } from './measurement.ts';
import { sizeLimits, findBundleParts } from '../support/bundle/bundleParts.ts';

/** The bytes of each part of the bundle, with all that is loaded together with it. */
export async function measureSizes(): Promise<Measurement[]> {
  const files = await BuiltFiles.read(root);
  const { entry, client, credentials, webview } = findBundleParts(files);
  const shared = files.getStaticClosure(client);
  const own = files.getStaticClosure(credentials).filter((path) => !shared.includes(path));
  const bounded = Object.entries({ entry, client, webview }).map(([part, path]): Measurement => {
    const bytes = files.sumBytes(files.getStaticClosure(path));
    const limit = sizeLimits[part as keyof typeof sizeLimits];
    const alone = `file alone ${formatKilobytes(files.sumBytes([path]))}`;
    const bound = `≤ ${formatKilobytes(limit)}`;
    return { what: `bundle: ${part}`, ours: formatKilobytes(bytes), beside: alone, bound, holds: bytes <= limit };
  });
  const whole = `in all ${formatKilobytes(files.sumBytes(files.getStaticClosure(credentials)))}`;
  return [
    ...bounded,
    { what: 'bundle: credentials, beyond the client', ours: formatKilobytes(files.sumBytes(own)), beside: whole },
  ];
}
