/** Returns a deterministic 32-bit hash of its parts. */
export function hash(...parts: readonly (string | number)[]): number {
  let state = 0x811c9dc5;
  for (const part of parts) {
    if (typeof part === 'number') state = mix(state ^ part);
    else for (let i = 0; i < part.length; i += 1) state = Math.imul(state ^ part.charCodeAt(i), 0x01000193);
    state = mix(state);
  }
  return state >>> 0;
}

/** Returns `length` characters of `alphabet`, derived from the parts. One hash yields several characters. */
export function hashText(length: number, alphabet: string, ...parts: readonly (string | number)[]): string {
  const perHash = Math.floor(32 / Math.log2(alphabet.length));
  let text = '';
  let state = 0;
  while (text.length < length) {
    state = text.length % perHash === 0 ? hash(text.length, ...parts) : Math.floor(state / alphabet.length);
    text += alphabet.charAt(state % alphabet.length);
  }
  return text;
}

/** The alphabet of the ids of conformance packs. */
export const lowerAlphanumeric = 'abcdefghijklmnopqrstuvwxyz0123456789';
export const hexadecimal = '0123456789abcdef';

/** The finalizer of MurmurHash3: every bit of the input affects every bit of the output. */
function mix(value: number): number {
  let state = value;
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return state ^ (state >>> 16);
}
