import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

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
  minify: true,
  sourcemap: process.argv.includes('--sourcemap'),
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

await rm('dist', { recursive: true, force: true });
await build({
  ...node,
  entryPoints: ['src/extension.ts'],
  // For Node the package gives CommonJS, which an ES module cannot hold; its other half is the same in ES modules.
  alias: { yaml: fileURLToPath(new URL('node_modules/yaml/browser/index.js', import.meta.url)) },
  plugins: [withoutDefaultCredentials, providersApart],
});
await build({ ...node, entryPoints: ['src/aws/credentials/providers.ts'], plugins: [withoutDefaultCredentials] });
await build({
  ...shared,
  entryPoints: ['src/webview/main.ts'],
  outdir: 'dist/webview',
  platform: 'browser',
  target: 'es2023',
});
