import type { Expression } from '../expressions/expression.ts';
import type { Range } from '../model.ts';
import { type Bindings, type ClassBlock, contains, type Declaration } from './declarations.ts';
import type { Source } from './source.ts';

const declaring = new Set(['const', 'let', 'var']);
const modifiers = new Set(['private', 'public', 'protected', 'readonly', 'static', 'override', 'declare']);
const control = new Set(['if', 'for', 'while', 'switch', 'catch', 'with']);
const loopMethods = new Set(['forEach', 'map', 'flatMap', 'filter', 'every', 'some']);

/** Finds declarations in TypeScript and JavaScript. */
export class JavaScriptBindings implements Bindings {
  readonly classes: readonly ClassBlock[];
  readonly #source: Source;

  constructor(source: Source) {
    this.#source = source;
    this.classes = ['class', 'enum'].flatMap((keyword) =>
      source.findOccurrences(keyword).flatMap((at) => {
        const body = source.find('{', at + 1, ';})');
        return body === undefined ? [] : [{ name: source.word(at + 1), ...source.span(body, source.partner(body)) }];
      }),
    );
  }

  declarations(name: string): readonly Declaration[] {
    const declarations = this.#source.findOccurrences(name).flatMap((at) => this.#readDeclarations(name, at));
    return [...declarations, ...this.#findAssignments(name, declarations)];
  }

  members(name: string, block: Range): readonly Expression[] {
    return this.#source.findOccurrences(name).flatMap((at) => {
      const start = this.#source.tokens[at]?.start ?? 0;
      if (!contains(block, start)) return [];
      const before = this.#source.word(at - 1);
      const isOwn = before === '.' && this.#source.word(at - 2) === 'this';
      const body = this.#source.enclosing(at);
      const isField = body !== undefined && this.#source.tokens[body]?.start === block.start && before !== '.';
      const value = isOwn || isField ? this.#findInitializer(at) : undefined;
      return value === undefined ? [] : [value];
    });
  }

  #readDeclarations(name: string, at: number): readonly Declaration[] {
    const before = this.#source.word(at - 1);
    if (before === '.') return [];
    if (before === 'enum') return [this.#createDeclaration(this.#source.expressionAt(at + 1), this.#findScope(at))];
    if (declaring.has(before)) return this.#readDeclarator(at, at - 1, []);
    if (this.#source.word(at + 1) === '=>') return [this.#createParameter(name, at, at, [])];
    const bracket = this.#source.enclosing(at);
    if (bracket === undefined) return [];
    if (this.#source.word(bracket) === '(')
      return this.#isParameter(bracket, at) ? [this.#createParameter(name, at, bracket, [])] : [];
    return this.#readDestructured(name, at, bracket);
  }

  /** `const { name } = props`, `for (const [name, uri] of packs)`, `({ name }) => …`. */
  #readDestructured(name: string, at: number, pattern: number): readonly Declaration[] {
    const before = this.#source.word(at - 1);
    const isObject = this.#source.word(pattern) === '{';
    const key = isObject ? (before === ':' ? this.#source.word(at - 2) : name) : this.#getElementIndex(pattern, at);
    if (declaring.has(this.#source.word(pattern - 1))) {
      const fallback = this.#readInitializer(at);
      const declarations = this.#readDeclarator(this.#source.partner(pattern) ?? at, pattern - 1, [key]);
      return fallback === undefined
        ? declarations
        : [...declarations, ...declarations.map(({ scope }) => this.#createDeclaration(fallback, scope))];
    }
    const outer = this.#source.enclosing(pattern);
    const isParameter = outer !== undefined && this.#source.word(outer) === '(' && this.#isParameter(outer, pattern);
    return isParameter ? [this.#createParameter(name, at, outer, [key])] : [];
  }

  /** Reads what follows a declarator: `= value` or `of collection`. */
  #readDeclarator(end: number, keyword: number, path: readonly (string | number)[]): readonly Declaration[] {
    const scope = this.#findScope(keyword);
    if (this.#source.word(end + 1) === 'of') {
      return [{ ...this.#createDeclaration(this.#source.expressionAt(end + 2), scope), isElement: true, path }];
    }
    return [{ ...this.#createDeclaration(this.#findInitializer(end), scope), path }];
  }

  #createDeclaration(source: Expression | undefined, scope: Range): Declaration {
    return { scope, source, isElement: false, path: [], parameter: undefined };
  }

  /** The value after `=` and an optional type. */
  #findInitializer(at: number): Expression | undefined {
    const optional = /^[?!]$/.test(this.#source.word(at + 1)) ? at + 1 : at;
    if (this.#source.word(optional + 1) !== ':') return this.#readInitializer(optional);
    const equals = this.#source.find('=', optional + 2, ';,)}');
    return equals === undefined ? undefined : this.#source.expressionAt(equals + 1);
  }

  #readInitializer(at: number): Expression | undefined {
    return this.#source.word(at + 1) === '=' ? this.#source.expressionAt(at + 2) : undefined;
  }

  /** Later assignments `name = value` to a declared variable. */
  #findAssignments(name: string, declarations: readonly Declaration[]): readonly Declaration[] {
    const starts = new Set(declarations.map(({ source }) => source?.start));
    return this.#source.findOccurrences(name).flatMap((at) => {
      const before = this.#source.word(at - 1);
      const value = before === '.' || modifiers.has(before) ? undefined : this.#readInitializer(at);
      if (value === undefined || starts.has(value.start)) return [];
      return declarations
        .filter(({ scope }) => contains(scope, value.start))
        .map(({ scope }) => this.#createDeclaration(value, scope));
    });
  }

  #isParameter(bracket: number, at: number): boolean {
    const before = this.#source.word(at - 1);
    if (before !== '(' && before !== ',' && !modifiers.has(before)) return false;
    if (control.has(this.#source.word(bracket - 1))) return false;
    return this.#findBody(bracket) !== undefined;
  }

  /** The index of the body of the function with these parameters. */
  #findBody(bracket: number): number | undefined {
    const after = (this.#source.partner(bracket) ?? -2) + 1;
    const mark = this.#source.word(after);
    if (mark === '=>') return after + 1;
    if (mark === '{') return after;
    if (mark !== ':') return undefined;
    const arrow = this.#source.find('=>', after + 1, ';,)}{');
    return arrow === undefined ? this.#source.find('{', after + 1, ';,)}') : arrow + 1;
  }

  #createParameter(name: string, at: number, bracket: number, path: readonly (string | number)[]): Declaration {
    const isBare = at === bracket;
    const body = isBare ? at + 2 : (this.#findBody(bracket) ?? bracket);
    const end = this.#source.word(body) === '{' ? this.#source.partner(body) : this.#findEndOfExpression(bracket);
    const scope = this.#source.span(bracket, end);
    const index = isBare ? 0 : this.#getElementIndex(bracket, at);
    const collection = index === 0 ? this.#findLoopCollection(bracket) : undefined;
    if (collection !== undefined) return { ...this.#createDeclaration(collection, scope), isElement: true, path };
    const callable = this.#findCallable(bracket);
    return {
      ...this.#createDeclaration(this.#findInitializer(at), scope),
      path,
      parameter: callable === undefined ? undefined : { callable, index, name },
    };
  }

  #findEndOfExpression(at: number): number | undefined {
    const bracket = this.#source.enclosing(at);
    return bracket === undefined ? undefined : this.#source.partner(bracket);
  }

  /** The collection of `collection.forEach((element) => …)` if the parameters belong to such a callback. */
  #findLoopCollection(bracket: number): Expression | undefined {
    const call = this.#source.word(bracket - 1) === 'async' ? bracket - 2 : bracket - 1;
    const dot = call - 2;
    if (this.#source.word(call) !== '(' || !loopMethods.has(this.#source.word(call - 1))) return undefined;
    if (this.#source.word(dot) !== '.') return undefined;
    let start = dot - 1;
    for (;;) {
      start = this.#source.partner(start) ?? start;
      const before = this.#source.tokens[start - 1];
      if (before?.text === '.') start -= 2;
      else if (before?.kind === 'word' && /^[([]$/.test(this.#source.word(start)) && before.text !== 'of') start--;
      else break;
    }
    const end = this.#source.tokens[dot - 1]?.end;
    let chain: Expression | undefined = this.#source.expressionAt(start);
    while (chain !== undefined && chain.end !== end) {
      chain = chain.kind === 'call' ? chain.callee : chain.kind === 'member' ? chain.of : undefined;
    }
    return chain;
  }

  /** The name of the function whose parameters are in a bracket. */
  #findCallable(bracket: number): string | undefined {
    const before = bracket - 1;
    const name = this.#source.word(before);
    if (name === 'constructor') {
      const at = this.#source.tokens[bracket]?.start ?? 0;
      return this.classes.findLast((block) => contains(block, at))?.name;
    }
    const start = name === 'async' || name === 'function' ? before - 1 : before;
    if (this.#source.word(start) === '=') return this.#source.word(start - 1);
    return this.#source.tokens[before]?.kind === 'word' ? name : undefined;
  }

  /** The index of an element within its bracket. */
  #getElementIndex(bracket: number, at: number): number {
    let index = 0;
    for (let i = bracket + 1; i < at; i++) {
      if (this.#source.word(i) === ',' && this.#source.enclosing(i) === bracket) index++;
    }
    return index;
  }

  /** The range where a declaration is visible: its block or its loop. */
  #findScope(keyword: number): Range {
    const bracket = this.#source.enclosing(keyword);
    if (bracket === undefined) return { start: 0, end: this.#source.text.length };
    const close = this.#source.partner(bracket);
    if (this.#source.word(bracket) !== '(' || close === undefined) return this.#source.span(bracket, close);
    const end =
      this.#source.word(close + 1) === '{' ? this.#source.partner(close + 1) : this.#findEndOfExpression(bracket);
    return this.#source.span(bracket, end);
  }
}
