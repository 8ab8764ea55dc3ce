import { ContextTracker, type Stack } from '@lezer/lr';
import { isNonZeroDigit, zero } from './yamlCharacters.ts';
import { findColumn } from './yamlText.ts';

/** Terms of the grammar of `@lezer/yaml`, which the package does not export. */
export const terms = {
  sequenceStart: 3,
  sequenceContinue: 4,
  explicitMapStart: 5,
  explicitMapContinue: 6,
  flowMapMark: 7,
  literal: 8,
  quotedLiteral: 9,
  anchor: 10,
  alias: 11,
  tag: 12,
  blockLiteralContent: 13,
  comment: 14,
  closingBracket: 18,
  openingBracket: 19,
  flowSequence: 20,
  colon: 29,
  closingBrace: 32,
  openingBrace: 33,
  flowMapping: 34,
  blockSequence: 37,
  blockMapping: 40,
  blockLiteralHeader: 47,
  mapStart: 65,
  mapContinue: 66,
} as const;

/** The kinds of a context. The numbers are those of `@lezer/yaml`, because its other tokenizers use them. */
export const kinds = { top: 0, sequence: 1, map: 2, flow: 3, literal: 4 } as const;

/** The collections around a position. */
export class Context {
  readonly parent: Context | undefined;
  /** The column of a block collection, or the indentation of a block scalar. */
  readonly depth: number;
  readonly type: number;
  /** The column of the innermost block collection. */
  readonly column: number;
  /** The token that closes a flow collection. */
  readonly close: number;
  readonly hash: number;

  constructor(parent: Context | undefined, depth: number, type: number, close = 0) {
    this.parent = parent;
    this.depth = depth;
    this.type = type;
    this.close = close;
    this.column = type === kinds.flow ? (parent?.column ?? -1) : depth;
    this.hash =
      (Math.imul(parent?.hash ?? 0, 31) + Math.imul(this.column + 1, 7919) + depth * 64 + close * 8 + type) | 0;
  }
}

/** Tracks the collections around a position. A collection that was cut short by an error is left, too. */
export const contextTracker = new ContextTracker<Context>({
  start: new Context(undefined, -1, kinds.top),
  shift(context, term, _stack, input) {
    switch (term) {
      case terms.sequenceStart:
        return new Context(context, findColumn(input), kinds.sequence);
      case terms.mapStart:
      case terms.explicitMapStart:
        return new Context(context, findColumn(input), kinds.map);
      case terms.openingBracket:
        return new Context(context, 0, kinds.flow, terms.closingBracket);
      case terms.openingBrace:
        return new Context(context, 0, kinds.flow, terms.closingBrace);
      case terms.blockLiteralHeader: {
        const indent = [input.peek(1), input.peek(2)].find(isNonZeroDigit);
        return indent === undefined ? context : new Context(context, context.depth + indent - zero, kinds.literal);
      }
      case terms.blockLiteralContent:
        return context.type === kinds.literal ? (context.parent ?? context) : context;
      default:
        return context;
    }
  },
  reduce(context, term) {
    const isLeft =
      context.type === kinds.flow
        ? term === terms.flowSequence || term === terms.flowMapping
        : (context.type === kinds.map && term === terms.blockMapping) ||
          (context.type === kinds.sequence && term === terms.blockSequence);
    return isLeft ? (context.parent ?? context) : context;
  },
  hash: (context) => context.hash,
});

export const getContext = (stack: Stack): Context => stack.context as Context;
