import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { buildParserFile } from '@lezer/generator';
import { build, context } from 'esbuild';
import { writeLicenses } from './licenses.js';

// node esbuild.js            builds for release: minified, without source maps
// node esbuild.js --dev      builds for debugging: with source maps, not minified
// node esbuild.js --watch    builds for debugging, and again after every change
// node esbuild.js --grammar  only compiles the grammars, which the unit tests need too
const isWatching = process.argv.includes('--watch');
const isDevelopment = isWatching || process.argv.includes('--dev');

/**
 * Removes the default credential chain, the fallback of the service client. Packscope always passes its own
 * credentials, and loads their providers when it signs the first request.
 */
const withoutDefaultCredentials = {
  name: 'without-default-credentials',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, ({ importer }) =>
      /[\\/]@aws-sdk[\\/]client-/.test(importer) ? { path: 'none', namespace: 'no-credentials' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'no-credentials' }, () => ({
      contents:
        'export const defaultProvider = () => async () => { throw new Error("No credentials were passed to the client."); };',
    }));
  },
};

/** Replaces what grammars say about colors, which only an editor needs: no tag has an effect on any node. */
const withoutHighlighting = {
  name: 'without-highlighting',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^@lezer\/highlight$/ }, () => ({ path: 'none', namespace: 'no-highlighting' }));
    onLoad({ filter: /.*/, namespace: 'no-highlighting' }, () => ({
      contents: `
        export const tags = new Proxy(() => tags, { get: () => tags });
        export const styleTags = () => () => null;`,
    }));
  },
};

/**
 * Takes from `yaml` only what decodes scalars, in its browser build, because that for Node is CommonJS. The package's entry
 * makes all of its functions for tokens members of one object.
 */
const onlyYamlScalars = {
  name: 'only-yaml-scalars',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^yaml$/ }, () => ({ path: 'scalars', namespace: 'yaml' }));
    onLoad({ filter: /.*/, namespace: 'yaml' }, () => ({
      contents: `
        import { resolveAsScalar } from './node_modules/yaml/browser/dist/parse/cst-scalar.js';
        export const CST = { resolveAsScalar };`,
      resolveDir: import.meta.dirname,
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
 * Bundles the credential providers separately. As a chunk of the same bundle they would make the client a third larger:
 * esbuild moves whole modules into shared chunks, also the parts that only the providers use.
 */
const externalProviders = {
  name: 'external-providers',
  setup({ onResolve }) {
    onResolve({ filter: /\/providers\.ts$/ }, () => ({ path: '../providers.js', external: true }));
  },
};

/** The commands of `organizationConfigSource.ts`, `resourceConfigSource.ts` and `configRuleEvaluator.ts`, which are loaded on first use. */
const organizationCommand =
  /[\\/]commands[\\/](DescribeAggregateComplianceByConfigRules|GetAggregateComplianceDetailsByConfigRule|DescribeOrganizationConformancePacks|DescribeOrganizationConformancePackStatuses|GetOrganizationConformancePackDetailedStatus|SelectAggregateResourceConfig|DescribeRemediationExceptions|SelectResourceConfig|DescribeConfigRuleEvaluationStatus|StartConfigRulesEvaluation|GetResourceConfigHistory)Command\.js$/;

/**
 * Gives the commands for organizations their own copy of the SDK's modules of all schemas and errors. Otherwise the
 * chunk of the client would contain their schemas too: esbuild moves whole modules into shared chunks.
 */
const organizationSchemas = {
  name: 'organization-schemas',
  setup({ onLoad, onResolve }) {
    const namespace = 'organization';
    onResolve({ filter: /^\.\.\/(schemas\/schemas_0|models\/errors)$/ }, ({ path, resolveDir, ...args }) =>
      args.namespace === namespace || organizationCommand.test(args.importer)
        ? { path: relative('', join(resolveDir, `${path}.js`)), namespace, sideEffects: false }
        : undefined,
    );
    onLoad({ filter: /.*/, namespace }, async ({ path }) => ({
      contents: await readFile(path, 'utf8'),
      resolveDir: resolve(dirname(path)),
    }));
  },
};

const node = {
  ...shared,
  outdir: 'dist',
  platform: 'node',
  target: 'node22',
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  // Prefers the packages' ES modules: they are half as large as their CommonJS, and can be split.
  mainFields: ['module', 'main'],
  // The SDK's core imports event streams only for services that use them, which AWS Config does not, and bowser only in
  // browsers.
  external: ['vscode', '@smithy/core/event-streams', 'bowser'],
};

const bundles = [
  {
    ...node,
    entryPoints: ['src/extension.ts'],
    plugins: [
      withoutDefaultCredentials,
      withoutHighlighting,
      onlyYamlScalars,
      externalProviders,
      organizationSchemas,
      writeLicenses,
    ],
  },
  { ...node, entryPoints: ['src/aws/credentials/providers.ts'], plugins: [withoutDefaultCredentials, writeLicenses] },
  {
    ...shared,
    entryPoints: { main: 'src/webview/pack/main.ts', overview: 'src/webview/overview/main.ts' },
    outdir: 'dist/webview',
    platform: 'browser',
    target: 'es2023',
    plugins: [writeLicenses],
  },
];

let runningBuilds = 0;

/** Prints when builds start and when all have ended. The problem matcher in .vscode/tasks.json waits for these lines. */
const reportBuilds = {
  name: 'report-builds',
  setup({ onStart, onEnd }) {
    onStart(() => {
      if (runningBuilds++ === 0) console.log('Building…');
    });
    onEnd(() => {
      if (--runningBuilds === 0) console.log('Built');
    });
  },
};

/** The languages without a published grammar. */
const ownGrammars = ['hcl', 'shell'];

/** Compiles a `.grammar` file to a parser and its terms. Leaves unchanged files alone, so that nothing is rebuilt. */
async function compileGrammar(language) {
  const path = (file) => new URL(`src/templates/syntax/${language}${file}`, import.meta.url);
  const { parser, terms } = buildParserFile(await readFile(path('.grammar'), 'utf8'), {
    fileName: `${language}.grammar`,
    typeScript: true,
    warn: (message) => {
      throw new Error(message);
    },
  });
  for (const [file, text] of Object.entries({ 'Parser.ts': parser, 'Terms.ts': terms })) {
    const current = await readFile(path(file), 'utf8').catch(() => undefined);
    if (current !== text) await writeFile(path(file), text);
  }
}

async function buildBundles() {
  await rm('dist', { recursive: true, force: true });
  await mkdir('dist');
  const { createSampleFile } = await import('./test/config-service/sampleFile.ts');
  await writeFile('dist/sample.json.br', await createSampleFile());
  if (isWatching) {
    const contexts = bundles.map((bundle) =>
      context({ ...bundle, plugins: [...(bundle.plugins ?? []), reportBuilds] }),
    );
    await Promise.all((await Promise.all(contexts)).map((each) => each.watch()));
  } else {
    for (const bundle of bundles) await build(bundle);
  }
}

for (const language of ownGrammars) await compileGrammar(language);
if (!process.argv.includes('--grammar')) await buildBundles();
