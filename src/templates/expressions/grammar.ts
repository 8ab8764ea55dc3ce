/** How the languages' expressions differ. */
export interface Grammar {
  /** `a if b else c` instead of `b ? a : c`. */
  readonly pythonConditional: boolean;
  /** May `name = value` be an argument, rather than an entry? */
  readonly namedArguments: boolean;
  /** Words that are operators between two values, by their meaning. */
  readonly wordOperators: Readonly<Record<string, string>>;
  /** Words before a value that do not change it: `await`, `new`. */
  readonly ignoredPrefixes: ReadonlySet<string>;
  /** Words after which a type follows, up to the next delimiter: `as`, `satisfies`. */
  readonly typeWords: ReadonlySet<string>;
}
