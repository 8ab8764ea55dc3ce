import { root } from '../support/folders.ts';
import { BuiltFiles } from '../support/bundle/builtFiles.ts';
import { kilobytes, type Measure } from './measurement.ts';
import { limits, partsOf } from '../support/bundle/bundleParts.ts';

/** The bytes of each part of the bundle, with all that is loaded together with it. */
export async function sizes(): Promise<Measure[]> {
  const files = await BuiltFiles.read(root);
  const { entry, client, credentials, webview } = partsOf(files);
  const shared = files.closure(client);
  const own = files.closure(credentials).filter((path) => !shared.includes(path));
  const bounded = Object.entries({ entry, client, webview }).map(([part, path]): Measure => {
    const bytes = files.bytes(files.closure(path));
    const limit = limits[part as keyof typeof limits];
    const alone = `file alone ${kilobytes(files.bytes([path]))}`;
    const bound = `≤ ${kilobytes(limit)}`;
    return { what: `bundle: ${part}`, ours: kilobytes(bytes), beside: alone, bound, holds: bytes <= limit };
  });
  const whole = `in all ${kilobytes(files.bytes(files.closure(credentials)))}`;
  return [
    ...bounded,
    { what: 'bundle: credentials, beyond the client', ours: kilobytes(files.bytes(own)), beside: whole },
  ];
}
