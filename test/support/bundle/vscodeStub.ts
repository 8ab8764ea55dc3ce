import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { root } from '../folders.ts';

/** Registers a module `vscode` in this process. It exports the names of the real one, and does nothing. */
export function stubVSCode(): void {
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'vscode' ? { url: 'stub:vscode', shortCircuit: true } : next(specifier, context),
    load: (url, context, next) =>
      url === 'stub:vscode' ? { format: 'module', source: createSource(), shortCircuit: true } : next(url, context),
  });
}

/** Every export is the same proxy: reading, calling or constructing it returns the proxy again; iterating it yields nothing. */
function createSource(): string {
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
