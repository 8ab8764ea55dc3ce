import { getFolder, getFoldersAround, joinPath } from '../paths.ts';

/** The maximum number of imports that are resolved. */
const maxImports = 40;

/** The most frequent ones first, because each is looked for. */
const javascriptEndings = ['.ts', '.js', '/index.ts', '/index.js', '.tsx', '.jsx', '.mts', '.mjs', '.cjs'];
/** Of files that are imported by a path from a project's folder. */
const projectEndings = ['.ts', '/index.ts', '.js'];
const pythonEndings = ['.py', '/__init__.py'];

/** Folders around a program that an import may be relative to. */
const maxParents = 3;

/** The settings of a CDK app. They contain the values that programs read with `tryGetContext`. */
export const settingsFile = 'cdk.json';

/** The paths that may hold what a program at `path` imports from `source`, such as `./names` or `.names`. */
export function getImportPaths(path: string, source: string): readonly string[] {
  const folder = getFolder(path);
  if (source === settingsFile)
    return getFoldersAround(folder, maxParents).map((around) => joinPath(around, settingsFile));
  return path.endsWith('.py') ? getPythonPaths(folder, source) : getJavaScriptPaths(folder, source);
}

function getJavaScriptPaths(folder: string, source: string): readonly string[] {
  const isRelative = /^\.\.?\//.test(source);
  // TypeScript programs import `names.js` although the file is `names.ts`.
  const addEndings = (name: string, endings: readonly string[]) =>
    /\.(?:[cm]?[jt]sx?|json)$/.test(name)
      ? [name.replace(/\.([cm]?)js$/, '.$1ts'), name]
      : endings.map((ending) => name + ending);
  if (isRelative) return addEndings(source, javascriptEndings).map((name) => joinPath(folder, name));
  if (!source.includes('/') || library.test(source)) return [];
  // What `@/names` or `@common/names` means is decided by the project's settings: mostly a folder of it.
  const [, alias = ''] = /^[@~#]([^/]*)/.exec(source) ?? [];
  const name = source.replace(/^[@~#]\/?/, '');
  const names = /^[@~#]\//.test(source) ? [`src/${name}`, name] : alias === '' ? [name] : [name, `src/${name}`];
  return getFoldersAround(folder, maxParents).flatMap((around) =>
    names.flatMap((each) => addEndings(each, projectEndings)).map((each) => joinPath(around, each)),
  );
}

/** Matches the sources of widely used packages, which are no files of a project. */
const library = /^(?:aws-cdk-lib|@aws-cdk|@aws-sdk|@cdktf|@pulumi|@types|constructs|node:)/;

function getPythonPaths(folder: string, source: string): readonly string[] {
  const [dots = ''] = /^\.*/.exec(source) ?? [];
  const module = source.slice(dots.length).replaceAll('.', '/');
  if (module === '') return [];
  // A program is started in its own folder or in one around it.
  const around = dots === '' ? getFoldersAround(folder, maxParents) : [joinPath(folder, '../'.repeat(dots.length - 1))];
  return around.flatMap((each) => pythonEndings.map((ending) => joinPath(each, module + ending)));
}

const javascriptSource = /\b(?:from[ \t]{0,9}|require\()["']([^"'\n]{1,200})["']/g;
const pythonSource =
  /^[ \t]*(?:import[ \t]{1,9}([\w.]{1,200})|from[ \t]{1,9}(\.{0,9}\w[\w.]{0,200}|\.{1,9})[ \t]{1,9}import[ \t]{1,9}([\w, \t]{0,500}))/gm;

/** The sources of a program's imports, found without its parser. */
export function findImportSources(path: string, text: string): readonly string[] {
  const sources = new Set<string>();
  if (/\btry(?:GetContext|_get_context)\b/.test(text)) sources.add(settingsFile);
  for (const match of text.matchAll(path.endsWith('.py') ? pythonSource : javascriptSource)) {
    for (const source of toSources(match)) if (!library.test(source)) sources.add(source);
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
