import type { Expression } from '../expressions/expression.ts';
import type { Range } from '../model.ts';
import { type Bindings, type ClassBlock, contains, type Declaration } from './declarations.ts';
import type { Source } from './source.ts';

type Keyword = 'def' | 'class' | 'for';

interface Block extends ClassBlock {
  readonly keyword: Keyword;
}

/** Finds declarations in Python, where indentation delimits blocks. */
export class PythonBindings implements Bindings {
  readonly classes: readonly ClassBlock[];
  readonly #source: Source;
  readonly #blocks: readonly Block[];
  readonly #loops: readonly Block[];

  constructor(source: Source) {
    this.#source = source;
    const blocks = findBlocks(source);
    this.#loops = blocks.filter(({ keyword }) => keyword === 'for');
    this.#blocks = blocks.filter(({ keyword }) => keyword !== 'for');
    this.classes = this.#blocks.filter(({ keyword }) => keyword === 'class');
  }

  declarations(name: string): readonly Declaration[] {
    return this.#source.findOccurrences(name).flatMap((at): readonly Declaration[] => {
      const before = this.#source.word(at - 1);
      if (before === '.') return [];
      const loop = this.#loopVariable(at);
      if (loop !== undefined) return [loop];
      const bracket = this.#source.enclosing(at);
      if (bracket !== undefined) return this.#parameters(name, at, bracket);
      const value = this.#startsStatement(at) ? this.#findInitializer(at) : undefined;
      return value === undefined ? [] : [this.#declaration(value, this.#findScope(at))];
    });
  }

  members(name: string, block: Range): readonly Expression[] {
    return this.#source.findOccurrences(name).flatMap((at) => {
      const start = this.#source.tokens[at]?.start ?? 0;
      if (!contains(block, start)) return [];
      const isOwn = this.#source.word(at - 1) === '.' && /^(self|cls)$/.test(this.#source.word(at - 2));
      const isField = this.#startsStatement(at) && this.#findScope(at).start === block.start;
      const value = isOwn || isField ? this.#findInitializer(at) : undefined;
      return value === undefined ? [] : [value];
    });
  }

  /** `for name in packs`, `for name, uri in packs.items()`, in a statement or a comprehension. */
  #loopVariable(at: number): Declaration | undefined {
    let first = at;
    while (this.#source.word(first - 1) === ',' || this.#source.word(first - 1) === '(') first--;
    for (let back = at - 1; back > at - 8 && back >= 0; back--) {
      const word = this.#source.word(back);
      if (word === 'for') first = back + 1;
      if (word === 'for' || word === 'in' || word === '=' || this.#source.tokens[back]?.kind === 'newline') break;
    }
    if (this.#source.word(first - 1) !== 'for') return undefined;
    const inKeyword = this.#source.find('in', first, ':');
    if (inKeyword === undefined || inKeyword < at) return undefined;
    const names = this.#source.tokens.slice(first, inKeyword).filter(({ kind }) => kind === 'word');
    const index = names.findIndex(({ start }) => start === this.#source.tokens[at]?.start);
    return {
      ...this.#declaration(this.#source.expressionAt(inKeyword + 1), this.#loopScope(first - 1)),
      isElement: true,
      path: names.length > 1 ? [index] : [],
    };
  }

  #parameters(name: string, at: number, bracket: number): readonly Declaration[] {
    const before = this.#source.word(at - 1);
    if (this.#source.word(bracket - 2) !== 'def' || !/^[(,*]/.test(before || '(')) return [];
    const start = this.#source.tokens[bracket - 2]?.start ?? 0;
    const block = this.#blocks.find((candidate) => candidate.start === start);
    if (block === undefined) return [];
    const names = this.#source.tokens
      .slice(bracket + 1, at)
      .filter(({ text }, i) => text === ',' && this.#source.enclosing(bracket + 1 + i) === bracket).length;
    const owner = this.classes.findLast((candidate) => contains(candidate, start));
    const isMethod = owner !== undefined && /^(self|cls)$/.test(this.#source.word(bracket + 1));
    const callable = block.name === '__init__' ? (owner?.name ?? block.name) : block.name;
    const parameter = { callable, index: names - (isMethod ? 1 : 0), name };
    return [{ ...this.#declaration(this.#findInitializer(at), block), parameter }];
  }

  #declaration(source: Expression | undefined, { start, end }: Range): Declaration {
    return { scope: { start, end }, source, isElement: false, path: [], parameter: undefined };
  }

  /** The value after `=` and an optional type. */
  #findInitializer(at: number): Expression | undefined {
    const equals = this.#source.word(at + 1) === ':' ? this.#source.find('=', at + 2, ',)') : at + 1;
    if (equals === undefined || this.#source.word(equals) !== '=') return undefined;
    return this.#source.expressionAt(equals + 1);
  }

  #startsStatement(at: number): boolean {
    const before = this.#source.tokens[at - 1];
    return this.#source.enclosing(at) === undefined && (before === undefined || before.kind === 'newline');
  }

  /** The range where the variable of a `for` is visible: its block or its comprehension. */
  #loopScope(keyword: number): Range {
    const bracket = this.#source.enclosing(keyword);
    if (bracket !== undefined) return this.#source.span(bracket, this.#source.partner(bracket));
    const start = this.#source.tokens[keyword]?.start ?? 0;
    return this.#loops.find((loop) => loop.start === start) ?? this.#findScope(keyword);
  }

  /** The innermost function or class around a token, otherwise the whole module. */
  #findScope(at: number): Range {
    const start = this.#source.tokens[at]?.start ?? 0;
    const block = this.#blocks.findLast((candidate) => candidate.start < start && contains(candidate, start));
    return block ?? { start: 0, end: this.#source.text.length };
  }
}

function findBlocks(source: Source): readonly Block[] {
  const blocks: { keyword: Keyword; name: string; start: number; end: number; column: number }[] = [];
  const open: typeof blocks = [];
  source.tokens.forEach((token, at) => {
    const previous = source.tokens[at - 1];
    const startsLine = previous === undefined || previous.kind === 'newline';
    if (!startsLine || token.kind === 'newline' || source.enclosing(at) !== undefined) return;
    const column = token.start - (source.text.lastIndexOf('\n', token.start - 1) + 1);
    while ((open.at(-1)?.column ?? -1) >= column) {
      const closed = open.pop();
      if (closed !== undefined) closed.end = token.start - 1;
    }
    const keywordAt = token.text === 'async' ? at + 1 : at;
    const keyword = source.word(keywordAt);
    if (keyword !== 'def' && keyword !== 'class' && keyword !== 'for') return;
    const start = source.tokens[keywordAt]?.start ?? token.start;
    const block = { keyword, name: source.word(keywordAt + 1), start, end: source.text.length, column } as const;
    const openBlock = { ...block };
    blocks.push(openBlock);
    open.push(openBlock);
  });
  return blocks;
}
