import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { root } from '../folders.ts';

/** From now on `vscode` is, in this process, a module with the names of the real one that does nothing at all. */
export function stubVSCode(): void {
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'vscode' ? { url: 'stub:vscode', shortCircuit: true } : next(specifier, context),
    load: (url, context, next) =>
      url === 'stub:vscode' ? { format: 'module', source: source(), shortCircuit: true } : next(url, context),
  });
}

/** Whatever is asked of it, called or made anew, it is again the same; it holds nothing. */
function source(): string {
  const types = readFileSync(join(root, 'node_modules', '@types', 'vscode', 'index.d.ts'), 'utf8');
  const declared = types.matchAll(/^\texport (?:abstract )?(?:class|const|enum|function|namespace) (\w+)/gm);
  const names = [...new Set([...declared].map(([, name]) => name))];
  const nothing = `const empty = function* () {};
  const nothing = new Proxy(function () {}, {
    get: (_, name) => (name === Symbol.iterator ? empty : name === 'then' || typeof name === 'symbol' ? undefined : nothing),
    apply: () => nothing,
    construct: () => nothing,
  });`;
  return [nothing, ...names.map((name) => `export { nothing as ${name} };`)].join('\n');
}
