/** Variables whose values open doors. */
const secretName = /^AWS_.*(KEY|TOKEN|SECRET)/;

/** A value that is shorter is no secret, and might stand anywhere by chance. */
const leastSecret = 8;

/** Access keys and role ids begin with A and are capitals and digits. */
const keyId = /\bA[A-Z0-9]{15,}\b/g;

/** Secret keys, session tokens and signatures are long and of these letters; so are names of operations. */
const longRun = /[A-Za-z0-9+/]{40,}={0,2}/g;
const operationName = /^([A-Z][a-z]+)+$/;

/** A name and a password in an address, as that of a proxy has. */
const login = /(?<=:\/\/)[^\s/@]+(?=@)/g;

/**
 * A text with everything taken out that may be a secret: the last guard before it leaves for a bug report,
 * for messages of the service are redacted where they come in.
 */
export function withoutSecrets(text: string, environment: NodeJS.ProcessEnv): string {
  const values = Object.entries(environment).flatMap(([name, value]) =>
    value && value.length >= leastSecret && secretName.test(name) ? [value] : [],
  );
  let cleaned = text;
  // The longest first: one may be a part of another.
  for (const value of values.sort((a, b) => b.length - a.length)) cleaned = cleaned.replaceAll(value, '…');
  return cleaned
    .replace(login, '…')
    .replace(keyId, '…')
    .replace(longRun, (run) => (operationName.test(run) ? run : '…'));
}
