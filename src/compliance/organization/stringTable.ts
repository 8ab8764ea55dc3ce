/** Numbers distinct strings from 0, in the order in which they are added. */
export class StringTable {
  readonly #numbers = new Map<string, number>();
  readonly #strings: string[] = [];

  get size(): number {
    return this.#strings.length;
  }

  /** The strings by number. */
  get all(): readonly string[] {
    return this.#strings;
  }

  /** Returns the number of a string, and adds the string if it is new. */
  add(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.#strings.length;
    this.#numbers.set(text, number);
    this.#strings.push(text);
    return number;
  }

  /** The string with a number; empty if there is none. */
  get(number: number | undefined): string {
    return this.#strings[number ?? -1] ?? '';
  }
}
