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

/**
 * Every export is the same proxy: reading, calling or constructing it returns the proxy again, and iterating it yields
 * nothing. A member that a test assigns, with `Object.assign(vscode.commands, …)`, replaces that member of all exports.
 */
function createSource(): string {
  const types = readFileSync(join(root, 'node_modules', '@types', 'vscode', 'index.d.ts'), 'utf8');
  const declared = types.matchAll(/^\texport (?:abstract )?(?:class|const|enum|function|namespace) (\w+)/gm);
  const names = [...new Set([...declared].map(([, name]) => name))];
  const nothing = `const empty = function* () {};
  const assigned = new Map();
  const nothing = new Proxy(function () {}, {
    get: (_, name) => {
      if (assigned.has(name)) return assigned.get(name);
      if (name === Symbol.iterator) return empty;
      return name === 'then' || typeof name === 'symbol' ? undefined : nothing;
    },
    set: (_, name, value) => Boolean(assigned.set(name, value)),
    apply: () => nothing,
    construct: () => nothing,
  });`;
  return [nothing, ...names.map((name) => `export { nothing as ${name} };`)].join('\n');
}
