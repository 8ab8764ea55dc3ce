import type { BuiltFiles } from './builtFiles.ts';

/** The parts of the bundle that are loaded one after another. */
export interface Parts {
  readonly entry: string;
  /** What opens sources and keeps their pace. */
  readonly sources: string;
  /** AWS Config over the SDK. */
  readonly client: string;
  /** Where credentials come from. */
  readonly credentials: string;
  readonly webview: string;
}

/** So many bytes a part may have, with all that is loaded together with it. */
export const limits = { entry: 40_000, client: 180_000, webview: 120_000 } as const;

/** Finds the parts by what they export: the build names its chunks as it likes. */
export function partsOf(files: BuiltFiles): Parts {
  const entry = 'dist/extension.js';
  const sources = files.laterWith(entry, 'createOpenSource');
  const client = files.laterWith(sources, 'ConfigServiceSource');
  const credentials = files.laterWith(sources, 'ProfileCredentials');
  return { entry, sources, client, credentials, webview: 'dist/webview/main.js' };
}
