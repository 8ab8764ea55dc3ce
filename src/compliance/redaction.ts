/** Environment variables with secret values. */
const secretVariable = /^AWS_.*(KEY|TOKEN|SECRET)/;

/** Shorter values are not redacted: they are not secrets, and other text can contain them by chance. */
const minVariableLength = 8;
const minSecretLength = 16;

/** An MFA code. It is redacted as a whole word only, because longer numbers can contain it by chance. */
const mfaCode = /^\d{6}$/;

/** Values of secret fields in headers, query strings, files and JSON. */
const labelledValue =
  /(signature|credential|(?:security|session|access|refresh|bearer)[_-]?token|token[_-]?code|secret[\w-]*)(["']?\s*[:=]\s*["']?)[^\s,&'"]+/gi;
const bearerToken = /(\bbearer\s+)[^\s,&'"]{16,}/gi;

/** User name and password in a URL, such as that of a proxy. */
const urlCredentials = /(\/\/|\b(?:PROXY|HTTPS?|SOCKS\d?) )\S+@/g;

/** Access key IDs and role IDs. */
const accessKeyId = /\bA[A-Z0-9]{15,}\b/g;

/** JSON Web Tokens, such as those of SSO. */
const jsonWebToken = /\beyJ[\w-]{8,}(?:\.[\w-]+)*/g;

/** Secret keys, session tokens and signatures; also long operation names and paths, see `wordsOnly`. */
const longToken = /[A-Za-z0-9+/]{40,}={0,2}/g;
const wordsOnly = /^\/?(?:[a-z]\/?|[A-Z](?=[a-z]))+$/;

/** Secrets that this process has used. */
const registeredSecrets = new Set<string>();

/** Registers secrets, which `redact` replaces wherever they occur. Ignores values that are too short to be a secret. */
export function registerSecret(...values: readonly (string | undefined)[]): void {
  for (const value of values)
    if (value && (value.length >= minSecretLength || mfaCode.test(value))) registeredSecrets.add(value);
}

/**
 * Replaces everything in a text that is a registered secret or looks like one. Error messages must be redacted before
 * they are logged, stored or shown: AWS can repeat parts of the signed request, and a proxy its credentials.
 */
export function redact(text: string, environment: NodeJS.ProcessEnv): string {
  const variables = Object.entries(environment).flatMap(([name, value]) =>
    value && value.length >= minVariableLength && secretVariable.test(name) ? [value] : [],
  );
  let redacted = text;
  // Longest first, because a secret can contain another.
  const values = [...registeredSecrets, ...variables].sort((a, b) => b.length - a.length);
  for (const value of values)
    redacted = redacted.replaceAll(mfaCode.test(value) ? new RegExp(`\\b${value}\\b`, 'g') : value, '…');
  return redacted
    .replace(labelledValue, '$1$2…')
    .replace(bearerToken, '$1…')
    .replace(urlCredentials, '$1…@')
    .replace(accessKeyId, '…')
    .replace(jsonWebToken, '…')
    .replace(longToken, (token) => (wordsOnly.test(token) ? token : '…'));
}
