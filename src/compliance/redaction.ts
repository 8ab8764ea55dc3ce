import { type DecodedText, decodeText } from './decodedText.ts';

/** Characters. Longer texts are cut before anything is searched in them, so that a hostile one costs no more time. */
export const maxRedactedLength = 65_536;

/** Environment variables with secret values. A path of a file is no secret. */
const secretVariable = /^AWS_(?!.*_FILE$).*(KEY|TOKEN|SECRET)/;

/** Characters. Shorter pieces of a secret are not redacted: other text can contain them by chance. */
const pieceLength = 12;

/** An account ID, which parts of a secret may look like. */
const digitsOnly = /^\W?\d+\W?$/;

/** Shorter values are not redacted: they are not secrets, and other text can contain them by chance. */
const minVariableLength = 8;
const minSecretLength = 16;

/** An MFA code. It is redacted as a whole word only, because longer numbers can contain it by chance. */
const mfaCode = /^\d{6}$/;

/** Values of secret fields in headers, query strings, files and JSON. */
const labelledValue =
  /(signature|credential|(?:security|session|access|refresh|bearer)[_-]?token|token[_-]?code|secret[\w-]{0,40})(["']?\s*[:=]\s*["']?)[^\s,&'"]+/gi;
const bearerToken = /(\bbearer\s+)[^\s,&'"]{16,}/gi;

/** User name and password in a URL, such as that of a proxy. */
const urlRest = /(\/\/|\b(?:PROXY|HTTPS?|SOCKS\d?) )(\S+)/g;

/** Access key IDs and role IDs. */
const accessKeyId = /\bA[A-Z0-9]{15,}\b/g;

/** JSON Web Tokens, such as those of SSO. */
const jsonWebToken = /\beyJ[\w-]{8,}(?:\.[\w-]+)*/g;

/** Secret keys, session tokens and signatures; also long operation names and paths, see `wordsOnly`. */
const longToken = /[A-Za-z0-9+/]{40,}={0,2}/g;
const wordsOnly = /^\/?(?:[a-z]\/?|[A-Z](?=[a-z]))+$/;

/** The latest secrets that this process has used, with their pieces. */
const registeredSecrets = new Map<string, readonly string[]>();
const maxRegisteredSecrets = 200;

/** Registers secrets, which `redact` replaces wherever they occur. Ignores values that are too short to be a secret. */
export function registerSecret(...values: readonly (string | undefined)[]): void {
  for (const value of values) {
    if (!value || (value.length < minSecretLength && !mfaCode.test(value))) continue;
    registeredSecrets.delete(value);
    registeredSecrets.set(value, getPieces(value));
  }
  // Short-lived credentials are renewed without end.
  for (const oldest of registeredSecrets.keys()) {
    if (registeredSecrets.size <= maxRegisteredSecrets) break;
    registeredSecrets.delete(oldest);
  }
}

/**
 * Replaces everything in a text that is a registered secret or looks like one. Error messages must be redacted before
 * they are logged, stored or shown: AWS can repeat parts of the signed request, and a proxy its credentials.
 * Cuts texts that are longer than `maxRedactedLength`. The time is linear in the length of the text.
 */
export function redact(text: string, environment: NodeJS.ProcessEnv): string {
  const variables = Object.entries(environment).flatMap(([name, value]) =>
    value && value.length >= minVariableLength && secretVariable.test(name) ? [value] : [],
  );
  // Longest first, because a secret can contain another.
  const secrets = [...registeredSecrets.keys(), ...variables].sort((a, b) => b.length - a.length);
  let redacted = cut(text);
  for (const secret of secrets)
    redacted = redacted.replaceAll(mfaCode.test(secret) ? new RegExp(`\\b${secret}\\b`, 'g') : secret, '…');
  return redactPieces(redacted, [...registeredSecrets.values(), ...variables.map(getPieces)].flat())
    .replace(labelledValue, '$1$2…')
    .replace(bearerToken, '$1…')
    .replace(urlRest, redactUrlCredentials)
    .replace(accessKeyId, '…')
    .replace(jsonWebToken, '…')
    .replace(longToken, (token) => (wordsOnly.test(token) ? token : '…'));
}

/** Cuts a long text after a whole word: the beginning of a secret would not be recognized. */
const cut = (text: string): string =>
  text.length <= maxRedactedLength ? text : text.slice(0, maxRedactedLength).replace(/(^|\s)\S*$/, '$1…');

/** Replaces pieces of secrets that were cut, wrapped over lines or escaped. */
function redactPieces(text: string, pieces: readonly string[]): string {
  if (pieces.length === 0) return text;
  const isSecret = new Uint8Array(text.length);
  for (const decoded of decodeText(text)) markPieces(decoded, pieces, isSecret);
  return replaceMarked(text, isSecret);
}

/** Marks the characters of the source that are pieces of secrets in a decoded text. */
function markPieces(
  { text: decoded, starts, ends }: DecodedText,
  pieces: readonly string[],
  isSecret: Uint8Array,
): void {
  const offsets = new Map<string, number[]>();
  for (let offset = 0; offset + pieceLength <= decoded.length; offset += 1) {
    const piece = decoded.slice(offset, offset + pieceLength);
    const others = offsets.get(piece);
    if (others) others.push(offset);
    else offsets.set(piece, [offset]);
  }
  for (const piece of pieces) {
    for (const offset of offsets.get(piece) ?? []) isSecret.fill(1, starts[offset], ends[offset + pieceLength - 1]);
    // A secret that repeats itself is searched once.
    offsets.delete(piece);
  }
}

function getPieces(secret: string): string[] {
  const text = decodeText(secret).at(-1)?.text ?? '';
  return Array.from({ length: Math.max(0, text.length - pieceLength + 1) }, (_, offset) =>
    text.slice(offset, offset + pieceLength),
  ).filter((piece) => !digitsOnly.test(piece));
}

/** Replaces every run of marked characters. */
function replaceMarked(text: string, isMarked: Uint8Array): string {
  let replaced = '';
  for (let start = 0; start < text.length; ) {
    const mark = isMarked[start] === 1 ? 1 : 0;
    const next = isMarked.indexOf(1 - mark, start);
    const end = next < 0 ? text.length : next;
    replaced += mark ? '…' : text.slice(start, end);
    start = end;
  }
  return replaced;
}

/** Removes what is before the last `@` of a word. */
function redactUrlCredentials(match: string, prefix: string, rest: string): string {
  const at = rest.lastIndexOf('@');
  return at > 0 ? `${prefix}…${rest.slice(at)}` : match;
}
