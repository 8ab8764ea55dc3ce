import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, context } from 'esbuild';

// node esbuild.js            builds for release: minified, without source maps
// node esbuild.js --dev      builds for debugging: source maps, not minified
// node esbuild.js --watch    the same, and rebuilds what changes
const isWatching = process.argv.includes('--watch');
const isDevelopment = isWatching || process.argv.includes('--dev');

/**
 * The service client names the default credential chain as its fallback. Packscope always brings its own
 * credentials, from a chunk that is loaded when the first request is signed, so the fallback stays out.
 */
const withoutDefaultCredentials = {
  name: 'without-default-credentials',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, ({ importer }) =>
      /[\\/]@aws-sdk[\\/]client-/.test(importer) ? { path: 'none', namespace: 'no-credentials' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'no-credentials' }, () => ({
      contents: 'export const defaultProvider = () => async () => { throw new Error("No credentials were given."); };',
    }));
  },
};

const shared = {
  bundle: true,
  format: 'esm',
  minify: !isDevelopment,
  sourcemap: isDevelopment,
  legalComments: 'none',
  logLevel: 'warning',
};

/**
 * Credential providers are a bundle of their own. Split off from the client's, they would leave in the chunks
 * that both share what only they use, and make the client a third larger.
 */
const providersApart = {
  name: 'providers-apart',
  setup({ onResolve }) {
    onResolve({ filter: /\/providers\.ts$/ }, () => ({ path: '../providers.js', external: true }));
  },
};

const node = {
  ...shared,
  outdir: 'dist',
  platform: 'node',
  target: 'node22',
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  // The packages' ES modules: half the bytes of their CommonJS, and they can be split.
  mainFields: ['module', 'main'],
  // Event streams are imported by the SDK's core only for services that have them; AWS Config has none.
  external: ['vscode', '@smithy/core/event-streams'],
};

const bundles = [
  {
    ...node,
    entryPoints: ['src/extension.ts'],
    // For Node the package gives CommonJS, which an ES module cannot hold; its other half is the same in ES modules.
    alias: { yaml: fileURLToPath(new URL('node_modules/yaml/browser/index.js', import.meta.url)) },
    plugins: [withoutDefaultCredentials, providersApart],
  },
  { ...node, entryPoints: ['src/aws/credentials/providers.ts'], plugins: [withoutDefaultCredentials] },
  {
    ...shared,
    entryPoints: ['src/webview/main.ts'],
    outdir: 'dist/webview',
    platform: 'browser',
    target: 'es2023',
  },
];

let running = 0;

/** Reports when a watched bundle is being built and when all are; the tasks in .vscode/ wait for these lines. */
const reportBuilds = {
  name: 'report-builds',
  setup({ onStart, onEnd }) {
    onStart(() => {
      if (running++ === 0) console.log('Building…');
    });
    onEnd(() => {
      if (--running === 0) console.log('Built');
    });
  },
};

await rm('dist', { recursive: true, force: true });
if (isWatching) {
  const contexts = bundles.map((bundle) => context({ ...bundle, plugins: [...(bundle.plugins ?? []), reportBuilds] }));
  await Promise.all((await Promise.all(contexts)).map((watched) => watched.watch()));
} else {
  for (const bundle of bundles) await build(bundle);
}
