import { getFolder, joinPath } from '../terraform/paths.ts';

/** The maximum number of imports that are resolved. */
const maxImports = 40;

/** The most frequent ones first, because each is looked for. */
const javascriptEndings = ['.ts', '.js', '/index.ts', '/index.js', '.tsx', '.jsx', '.mts', '.mjs', '.cjs'];
const pythonEndings = ['.py', '/__init__.py'];

/** The paths that may hold what a program at `path` imports from `source`, such as `./names` or `.names`. */
export function getImportPaths(path: string, source: string): readonly string[] {
  const folder = getFolder(path);
  if (!path.endsWith('.py')) {
    if (!/^\.\.?\//.test(source)) return [];
    // TypeScript programs import `names.js` although the file is `names.ts`.
    const names = /\.[cm]?[jt]sx?$/.test(source)
      ? [source.replace(/\.([cm]?)js$/, '.$1ts'), source]
      : javascriptEndings.map((ending) => source + ending);
    return names.map((name) => joinPath(folder, name));
  }
  const [dots = ''] = /^\.*/.exec(source) ?? [];
  const parents = '../'.repeat(Math.max(0, dots.length - 1));
  const module = source.slice(dots.length).replaceAll('.', '/');
  return module === '' ? [] : pythonEndings.map((ending) => joinPath(folder, parents + module + ending));
}

const javascriptSource = /\bfrom[ \t]*["'](\.[^"'\n]{1,200})["']/g;
const pythonSource = /^[ \t]*(?:from|import)[ \t]+(\.*[\w.]{1,200})/gm;

/** The sources of a program's imports, found without its parser. */
export function findImportSources(path: string, text: string): readonly string[] {
  const sources = new Set<string>();
  for (const [, source = ''] of text.matchAll(path.endsWith('.py') ? pythonSource : javascriptSource)) {
    sources.add(source);
    if (sources.size === maxImports) break;
  }
  return [...sources];
}
