/** Differences between the languages' expressions. */
export interface Grammar {
  /** `a if b else c` instead of `b ? a : c`. */
  readonly pythonConditional: boolean;
  /** Whether `name = value` may be an argument. */
  readonly namedArguments: boolean;
  /** Words that are binary operators, with the equivalent mark. */
  readonly wordOperators: Readonly<Record<string, string>>;
  /** Prefixes that do not change a value: `await`, `new`. */
  readonly ignoredPrefixes: ReadonlySet<string>;
  /** Words before a type, which extends to the next delimiter: `as`, `satisfies`. */
  readonly typeWords: ReadonlySet<string>;
}
