/** Codes of the characters that mean something in YAML. */
export const tab = 9;
export const lineFeed = 10;
export const carriageReturn = 13;
export const space = 32;
export const exclamation = 33;
export const doubleQuote = 34;
export const hash = 35;
export const percent = 37;
export const ampersand = 38;
export const singleQuote = 39;
export const asterisk = 42;
export const comma = 44;
export const dash = 45;
export const dot = 46;
export const zero = 48;
export const nine = 57;
export const colon = 58;
export const lessThan = 60;
export const question = 63;
export const openingBracket = 91;
export const backslash = 92;
export const closingBracket = 93;
export const openingBrace = 123;
export const closingBrace = 125;

/** A letter or a digit, as most characters of texts are. */
export const isWord = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= zero && code <= nine);

export const isBlank = (code: number): boolean => code === space || code === tab;
export const isBreak = (code: number): boolean => code === lineFeed || code === carriageReturn;
export const isSpace = (code: number): boolean => isBlank(code) || isBreak(code);
export const isSeparator = (code: number): boolean => code < 0 || isSpace(code);

/** A character that may follow a character of plain text. In flow collections, brackets and commas end it. */
export const isPlain = (code: number, inFlow: boolean): boolean =>
  code >= 0 && !isSpace(code) && !(inFlow && isFlowMark(code));

/** Whether a character separates or ends the items of flow collections (`[a, b]`, `{a: b}`). */
export const isFlowMark = (code: number): boolean =>
  code === comma ||
  code === openingBracket ||
  code === closingBracket ||
  code === openingBrace ||
  code === closingBrace;

export const toCodes = (characters: string): readonly number[] =>
  [...characters].map((character) => character.charCodeAt(0));

export const isQuote = (code: number): boolean => code === doubleQuote || code === singleQuote;

export const isNonZeroDigit = (code: number): boolean => code > zero && code <= nine;
