import type { BuiltFiles } from './builtFiles.ts';

/** The entry points of the bundle's parts, which are loaded one after another. */
export interface BundleParts {
  readonly entry: string;
  /** Opens sources and limits their request rates. */
  readonly sources: string;
  /** The AWS Config client of the SDK. */
  readonly client: string;
  /** The credential providers. */
  readonly credentials: string;
  readonly webview: string;
}

/** The maximum size of a part with its static imports, in bytes. */
export const sizeLimits = { entry: 40_000, client: 180_000, webview: 120_000 } as const;

/** Finds the parts by their exports, because the names of chunks are generated. */
export function findBundleParts(files: BuiltFiles): BundleParts {
  const entry = 'dist/extension.js';
  const sources = files.findDynamicImport(entry, 'createOpenSource');
  const client = files.findDynamicImport(sources, 'ConfigServiceSource');
  const credentials = files.findDynamicImport(sources, 'ProfileCredentials');
  return { entry, sources, client, credentials, webview: 'dist/webview/main.js' };
}
