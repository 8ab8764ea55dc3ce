import type { EmbeddedText } from '../cloudformation/tree.ts';
import type { Range } from '../model.ts';
import { decodeEscape } from '../syntax/strings.ts';
import { toSet } from '../textUtilities.ts';
import { type Expression, getPath } from './expression.ts';

/** The document that contains a body. Ranges of expressions are relative to its start. */
interface BodySource {
  readonly text: string;
  readonly language: 'javascript' | 'python' | 'terraform';
  findDeclaration(expression: Expression): Expression | undefined;
}

/** Depth of values and declarations. */
const maxDepth = 30;

/** Values of a template. One with the most rules that the service accepts has half as many. */
const maxValues = 5_000;

/** Characters, several times the service's limit for a template body. */
const maxLength = 250_000;

/** Objects around a resource's property. Unknown values outside of properties may be any number of rules. */
const propertiesDepth = 4;

/** Functions that write a value as JSON or YAML. YAML contains JSON. */
const writers = toSet('JSON.stringify json.dumps yaml.dump yaml.safe_dump yaml.stringify jsonencode yamlencode');

/** Functions and methods that change nothing but spaces. */
const trimmers = toSet('trim strip dedent cleandoc trimspace chomp');

/** The text of a pack's template: a string, joined lines, or a value that is written as JSON or YAML. */
export function readBody(body: Expression, source: BodySource): EmbeddedText | undefined {
  const writer = new BodyWriter(source);
  return writer.writeText(body) ? writer.finish() : undefined;
}

/** Writes a text that consists of parts of the document. */
class BodyWriter {
  readonly #source: BodySource;
  #text = '';
  /** The offset in the document of each character. */
  readonly #offsets: number[] = [];
  /** Where the last part ends in the document. */
  #end = 0;
  #depth = 0;
  /** Objects around the value. */
  #objects = 0;
  #left = maxValues;

  constructor(source: BodySource) {
    this.#source = source;
  }

  finish(): EmbeddedText {
    return { text: this.#text, toDocument: (offset) => this.#offsets[offset] ?? this.#end };
  }

  /** Whether the expression is a text that can be read. */
  readonly writeText = (expression: Expression): boolean => this.#runStep(() => this.#writeText(expression));

  /** Runs one step of the writing. False if the body is too large or too deep. */
  #runStep(step: () => boolean): boolean {
    if (this.#depth >= maxDepth || this.#left-- <= 0) return false;
    this.#depth++;
    const isWritten = step();
    this.#depth--;
    return isWritten;
  }

  #writeText(expression: Expression): boolean {
    const { kind } = expression;
    if (kind === 'literal' || kind === 'template') {
      if (expression.inner === undefined) return false;
      this.#writeString(expression, expression.inner);
      return true;
    }
    if (kind === 'binary') {
      return expression.operator === '+' && this.writeText(expression.left) && this.writeText(expression.right);
    }
    if (kind === 'call') return this.#writeCall(expression);
    const declared = this.#source.findDeclaration(expression);
    return declared !== undefined && this.writeText(declared);
  }

  /** Writes a string with its escapes decoded, or as the document has it if it has other ones or interpolations. */
  #writeString(expression: Expression, { start, end }: Range): void {
    const written = this.#source.text.slice(start, end);
    const pieces = written.split(escapeSequence);
    const decoded = pieces.map((piece, index) => (index % 2 === 1 ? decodeEscape(piece) : piece));
    const isDecoded = expression.kind === 'literal' && decoded.join('') === expression.value;
    let at = start;
    for (const [index, piece] of (isDecoded ? pieces : [written]).entries()) {
      this.#add(isDecoded ? (decoded[index] ?? '') : piece, at, at + piece.length);
      at += piece.length;
    }
  }

  #writeCall({ callee, arguments: args }: Expression & { kind: 'call' }): boolean {
    const [first, second] = args;
    if (writers.has(getPath(callee)?.slice(-2).join('.') ?? ''))
      return first !== undefined && this.#writeValue(first.value);
    const object = callee.kind === 'member' ? callee.of : undefined;
    const name = callee.kind === 'member' && callee.key.kind === 'literal' ? callee.key.value : getPath(callee)?.[0];
    if (name === 'join' && this.#source.language === 'terraform') {
      return first !== undefined && second !== undefined && this.#writeLines(second.value, first.value);
    }
    if (name === 'join' && object !== undefined && first !== undefined) {
      // JavaScript joins `list.join(text)`, Python `text.join(list)`.
      return this.#source.language === 'javascript'
        ? this.#writeLines(object, first.value)
        : this.#writeLines(first.value, object);
    }
    if (!trimmers.has(String(name))) return false;
    const text = first?.value ?? object;
    return text !== undefined && this.writeText(text);
  }

  #writeLines(list: Expression, separator: Expression): boolean {
    const lines = list.kind === 'list' ? list : this.#source.findDeclaration(list);
    const between = separator.kind === 'literal' ? String(separator.value) : undefined;
    if (lines?.kind !== 'list' || between === undefined) return false;
    return lines.items.every((item, index) => {
      if (index > 0) this.#addMark(between);
      return this.writeText(item);
    });
  }

  /** Writes a value as JSON. What is unknown is written as a placeholder. */
  #writeValue(expression: Expression): boolean {
    return this.#runStep(() => this.#writeJson(expression));
  }

  #writeJson(expression: Expression): boolean {
    const { start, end } = expression;
    switch (expression.kind) {
      case 'literal':
      case 'template':
        this.#writeScalar(expression);
        return true;
      case 'list':
        this.#add('[', start, start);
        for (const [index, item] of expression.items.entries()) {
          if (index > 0) this.#addMark(',');
          if (!this.#writeValue(item)) return false;
        }
        this.#add(']', end, end);
        return true;
      case 'object':
        return this.#writeObject(expression);
      default: {
        const declared = this.#source.findDeclaration(expression);
        if (declared !== undefined && declared.kind !== 'unknown') return this.#writeValue(declared);
        this.#add(`"${placeholder}"`, start, end);
        return this.#objects >= propertiesDepth;
      }
    }
  }

  #writeObject({ start, end, entries }: Expression & { kind: 'object' }): boolean {
    this.#add('{', start, start);
    this.#objects++;
    for (const [index, { key, value }] of entries.entries()) {
      if (key?.kind !== 'literal') return false;
      if (index > 0) this.#addMark(',');
      this.#writeScalar({ ...key, value: String(key.value) });
      this.#addMark(':');
      if (!this.#writeValue(value)) return false;
    }
    this.#objects--;
    this.#add('}', end, end);
    return true;
  }

  #writeScalar(expression: Expression & { kind: 'literal' | 'template' }): void {
    const { start, end } = expression.inner ?? expression;
    if (expression.kind === 'literal' && typeof expression.value !== 'string') {
      this.#add(JSON.stringify(expression.value), start, end);
      return;
    }
    const parts = expression.kind === 'template' ? expression.parts : [String(expression.value)];
    const text = parts.map((part) => (typeof part === 'string' ? part : placeholder)).join('');
    this.#add('"', start, start);
    this.#add(JSON.stringify(text).slice(1, -1), start, end);
    this.#add('"', end, end);
  }

  /** Writes a text that is not in the document. */
  #addMark(text: string): void {
    this.#add(text, this.#end, this.#end);
  }

  #add(text: string, start: number, end: number): void {
    if (this.#text.length > maxLength) this.#left = 0;
    for (let index = 0; index < text.length; index++) this.#offsets.push(Math.min(end, start + index));
    this.#text += text;
    this.#end = end;
  }
}

/** An escape, in a group so that it is kept when a string is split. */
const escapeSequence = /(\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|u\{[\da-fA-F]{1,6}\}|U[\da-fA-F]{8}|\r\n|[\s\S]))/;

/** A part that is not known, like an interpolation. */
const placeholder = '${}';
