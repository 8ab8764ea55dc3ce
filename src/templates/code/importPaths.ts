import { getFolder, joinPath } from '../paths.ts';

/** The maximum number of imports that are resolved. */
const maxImports = 40;

/** The most frequent ones first, because each is looked for. */
const javascriptEndings = ['.ts', '.js', '/index.ts', '/index.js', '.tsx', '.jsx', '.mts', '.mjs', '.cjs'];
const pythonEndings = ['.py', '/__init__.py'];

/** Folders around a program in Python that its absolute imports may be relative to. */
const maxParents = 3;

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
  const module = source.slice(dots.length).replaceAll('.', '/');
  if (module === '') return [];
  // A program is started in its own folder or in one around it.
  const parents = dots === '' ? Array.from({ length: maxParents + 1 }, (_, count) => count) : [dots.length - 1];
  return parents.flatMap((count) =>
    pythonEndings.map((ending) => joinPath(folder, '../'.repeat(count) + module + ending)),
  );
}

const javascriptSource = /\b(?:from[ \t]*|require\()["'](\.[^"'\n]{1,200})["']/g;
const pythonSource = /^[ \t]*(?:import[ \t]+([\w.]{1,200})|from[ \t]+(\.*[\w.]{0,200})[ \t]+import[ \t]+([\w, \t]*))/gm;

/** The sources of a program's imports, found without its parser. */
export function findImportSources(path: string, text: string): readonly string[] {
  const sources = new Set<string>();
  for (const match of text.matchAll(path.endsWith('.py') ? pythonSource : javascriptSource)) {
    for (const source of toSources(match)) sources.add(source);
    if (sources.size >= maxImports) break;
  }
  return [...sources];
}

/** What Python imports from a package may be modules in it. */
function toSources([, source = '', from, names = '']: readonly string[]): readonly string[] {
  if (from === undefined) return [source];
  const modules = names.split(',').filter((name) => /^[ \t]*[a-z]\w*/.test(name));
  return [from, ...modules.map((name) => joinModules(from, name.trim().split(/\s/)[0] ?? ''))];
}

/** The module of a package: `package.module`, `.module`. */
export const joinModules = (from: string, name: string): string =>
  from.endsWith('.') ? from + name : `${from}.${name}`;
