/** Variables whose values open doors. */
const secretName = /^AWS_.*(KEY|TOKEN|SECRET)/;

/** A value that is shorter is no secret, and might stand anywhere by chance. */
const leastSecret = 8;
const leastKey = 16;

/** What MFA devices show; it is a part of longer numbers by chance. */
const code = /^\d{6}$/;

/** What stands behind these words, as headers, queries, files and JSON have them. */
const labelled =
  /(signature|credential|(?:security|session|access|refresh|bearer)[_-]?token|token[_-]?code|secret[\w-]*)(["']?\s*[:=]\s*["']?)[^\s,&'"]+/gi;
const bearer = /(\bbearer\s+)[^\s,&'"]{16,}/gi;

/** A name and a password in an address, as that of a proxy has. */
const login = /(\/\/|\b(?:PROXY|HTTPS?|SOCKS\d?) )\S+@/g;

/** Access keys and role ids begin with A and are capitals and digits. */
const keyId = /\bA[A-Z0-9]{15,}\b/g;

/** Signed JSON, as clients of SSO are given. */
const signedJson = /\beyJ[\w-]{8,}(?:\.[\w-]+)*/g;

/** Secret keys, session tokens and signatures are long and of these letters; so are names of operations and paths. */
const longRun = /[A-Za-z0-9+/]{40,}={0,2}/g;
const wordsAlone = /^\/?(?:[a-z]\/?|[A-Z](?=[a-z]))+$/;

/** Secrets that have been in use here. */
const known = new Set<string>();

/** From now on the values are taken out of every text, wherever they stand. */
export function registerSecret(...values: readonly (string | undefined)[]): void {
  for (const value of values) if (value && (value.length >= leastKey || code.test(value))) known.add(value);
}

/**
 * A text with everything taken out that is known to be a secret or looks like one. Messages of the service may repeat
 * parts of the signed request, and those of a proxy its sign-in: they come by here before they are logged, kept or shown.
 */
export function redact(text: string, environment: NodeJS.ProcessEnv): string {
  const variables = Object.entries(environment).flatMap(([name, value]) =>
    value && value.length >= leastSecret && secretName.test(name) ? [value] : [],
  );
  let cleaned = text;
  // The longest first: one may be a part of another.
  const values = [...known, ...variables].sort((a, b) => b.length - a.length);
  for (const value of values)
    cleaned = cleaned.replaceAll(code.test(value) ? new RegExp(`\\b${value}\\b`, 'g') : value, '…');
  return cleaned
    .replace(labelled, '$1$2…')
    .replace(bearer, '$1…')
    .replace(login, '$1…@')
    .replace(keyId, '…')
    .replace(signedJson, '…')
    .replace(longRun, (run) => (wordsAlone.test(run) ? run : '…'));
}
