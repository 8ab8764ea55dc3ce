import type { BuiltFiles } from './builtFiles.ts';

/** The parts of the bundle that are loaded one after another. */
export interface BundleParts {
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
export const sizeLimits = { entry: 40_000, client: 180_000, webview: 120_000 } as const;

/** Finds the parts by what they export: the build names its chunks as it likes. */
export function findBundleParts(files: BuiltFiles): BundleParts {
  const entry = 'dist/extension.js';
  const sources = files.findDynamicImport(entry, 'createOpenSource');
  const client = files.findDynamicImport(sources, 'ConfigServiceSource');
  const credentials = files.findDynamicImport(sources, 'ProfileCredentials');
  return { entry, sources, client, credentials, webview: 'dist/webview/main.js' };
}
