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
  readonly overview: string;
  /** Parses templates, without the code of any language. */
  readonly templates: string;
  /** The code of each template language. */
  readonly templateLanguages: readonly string[];
  /** The code of YAML and JSON templates. */
  readonly cloudFormation: string;
}

/** The maximum size of a part with its static imports, in bytes. */
export const sizeLimits = { entry: 43_500, client: 180_000, webview: 120_000, overview: 120_000 } as const;

/** The maximum size of the template code that a YAML stack loads, and of that for all languages, in bytes. */
export const templateSizeLimits = { cloudFormation: 240_000, allLanguages: 440_000 } as const;

/** Finds the parts by their exports, because the names of chunks are generated. */
export function findBundleParts(files: BuiltFiles): BundleParts {
  const entry = 'dist/extension.js';
  const sources = files.findDynamicImport(entry, 'createAwsAccess');
  const client = files.findDynamicImport(sources, 'ConfigServiceSource');
  const credentials = files.findDynamicImport(sources, 'ProfileCredentials');
  const templates = files.findDynamicImport(files.findDynamicImport(entry, 'startEditorFeatures'), 'parseTemplate');
  return {
    entry,
    sources,
    client,
    credentials,
    webview: 'dist/webview/main.js',
    overview: 'dist/webview/overview.js',
    templates,
    templateLanguages: files.getDynamicImports(templates),
    cloudFormation: files.findDynamicImport(templates, 'findInCloudFormation'),
  };
}

/** Sums the sizes of the code that templates of some languages load beyond the entry, in bytes. */
export function sumTemplateBytes(
  files: BuiltFiles,
  { entry, templates }: BundleParts,
  languages: readonly string[],
): number {
  const loaded = new Set([templates, ...languages].flatMap((path) => files.getStaticClosure(path)));
  for (const path of files.getStaticClosure(entry)) loaded.delete(path);
  return files.sumBytes([...loaded]);
}
