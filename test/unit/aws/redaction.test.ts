import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatErrorForLog, toComplianceError } from '../../../src/aws/transport/errorClassification.ts';
import { maxRedactedLength, redact, registerSecret } from '../../../src/compliance/redaction.ts';

const letters = (from: string, minLength: number, maxLength: number) =>
  fc.array(fc.constantFrom(...from), { minLength, maxLength }).map((each) => each.join(''));
const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const base64 = `${capitals}${capitals.toLowerCase()}0189+/`;

/** Secrets in the formats of AWS, and registered secrets in any format. */
const secrets = {
  'a secret key': letters(base64, 40, 40),
  'a session token': letters(base64, 100, 400).map((text) => `${text}==`),
  'a signature': letters('0123456789abcdef', 64, 64),
  'an access key': letters(capitals, 16, 16).map((rest) => `ASIA${rest}`),
  'a registered secret': fc.string({ minLength: 16, maxLength: 80 }).map((value) => {
    registerSecret(value);
    return value;
  }),
} as const;

const around = fc.constantFrom('', ' ', ', ', '&', "'", '\n', ':', '=', '"', '|', '`');
const before = fc.oneof(around, fc.constantFrom('Signature=', 'token '));
const names = fc.constantFrom('AccessDeniedException', 'ExpiredTokenException', 'Error', 'StrangeException');
const members = ['message', 'name', 'requestId'] as const;

/** How a service, a proxy or a terminal repeats a secret, and how a reader gets it back. */
const encodings: Readonly<Record<string, readonly [(text: string) => string, (text: string) => string]>> = {
  percent: [encodeURIComponent, decodePercent],
  'lower-case percent': [
    (text) => encodeURIComponent(text).replace(/%../g, (code) => code.toLowerCase()),
    decodePercent,
  ],
  'percent, every character': [(text) => escapeEach(text, (code) => `%${hex(code, 2)}`), decodePercent],
  'HTML, decimal': [(text) => escapeSome(text, (code) => `&#${code};`), decodeHtml],
  'HTML, hexadecimal': [(text) => escapeSome(text, (code) => `&#x${hex(code, 2).toUpperCase()};`), decodeHtml],
  'HTML, named': [
    (text) => text.replaceAll('/', '&sol;').replaceAll('+', '&plus;').replaceAll('=', '&equals;'),
    decodeHtml,
  ],
  'JSON, slashes': [(text) => text.replaceAll('/', '\\/'), (text) => text.replaceAll('\\/', '/')],
  'JSON, code units': [(text) => escapeSome(text, (code) => `\\u${hex(code, 4)}`), decodeJson],
};

const hex = (code: number, length: number): string => code.toString(16).padStart(length, '0');
const escapeEach = (text: string, write: (code: number) => string): string =>
  text.replace(/./gs, (character) => write(character.charCodeAt(0)));
const escapeSome = (text: string, write: (code: number) => string): string =>
  text.replace(/[^A-Za-z0-9]|[Q-Z]/g, (character) => write(character.charCodeAt(0)));
const fromHex = (code: string): string => String.fromCharCode(Number.parseInt(code, 16));
function decodePercent(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, code) => fromHex(code));
}
function decodeHtml(text: string): string {
  const named = text.replaceAll('&sol;', '/').replaceAll('&plus;', '+').replaceAll('&equals;', '=');
  return named
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replace(/&#x([0-9A-F]+);/g, (_, code) => fromHex(code));
}
function decodeJson(text: string): string {
  return text.replace(/\\u([0-9a-f]{4})/g, (_, code) => fromHex(code));
}

const awsSecret = fc.oneof(
  letters(base64, 40, 40),
  letters(base64, 100, 400).map((text) => `${text}==`),
);
const encoding = fc.constantFrom(...Object.values(encodings));
const lineBreak = fc.constantFrom('\n', '\r\n    ', ' ', '\n\t', '\u200b');

/** Breaks a text into lines of this length. */
const wrap = (text: string, length: number, separator: string): string =>
  (text.match(new RegExp(`.{1,${length}}`, 'gs')) ?? []).join(separator);

/** Every piece of 12 characters that a reader of the text would find. */
function assertNoPiece(text: string, secret: string, decoders: readonly ((text: string) => string)[]): void {
  const decoded = decoders.reduce((each, decode) => decode(each), text.replace(/[\s\u200b]/g, ''));
  for (const found of [text, decoded])
    for (let start = 0; start + 12 <= secret.length; start += 1)
      assert(!found.includes(secret.slice(start, start + 12)), `${secret.slice(start, start + 12)} in ${text}`);
}

describe('redact', () => {
  it('leaves no piece of a known secret that was escaped, wrapped or cut', () => {
    const around = fc.string({ maxLength: 30 }).map((text) => `${text} `);
    const cutAt = fc.option(fc.integer({ min: 12, max: 60 }), { nil: undefined });
    fc.assert(
      fc.property(
        awsSecret,
        fc.array(encoding, { maxLength: 2 }),
        around,
        around,
        cutAt,
        fc.option(fc.tuple(fc.integer({ min: 6, max: 76 }), lineBreak), { nil: undefined }),
        (secret, steps, front, back, length, wrapping) => {
          registerSecret(secret);
          const encoded = steps.reduce((text, [encode]) => encode(text), secret.slice(0, length));
          const shown = wrapping ? wrap(encoded, ...wrapping) : encoded;
          const decoders = steps.map(([, decode]) => decode).reverse();
          assertNoPiece(redact(`${front}${shown} ${back}`, {}), secret, decoders);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('takes a sign before a secret for no part of it', () => {
    const secret = 'AAbbCCddEEff/AAbbCCddEEff/AAbbCCddEEff';
    registerSecret(secret);
    for (const front of ['50% ', '50%\n', '&#12 ', '\\ ', '\\u00 '])
      assertNoPiece(redact(`${front}${secret.slice(0, 12)} was cut`, {}), secret, []);
  });

  it('leaves no piece of a secret environment variable, and keeps paths of files', () => {
    const environment = {
      AWS_SESSION_TOKEN: 'IQoJb3JpZ2luX2VjEJ//x+8aCXVzLWVhc3QtMSJHMEUCIQ==',
      AWS_WEB_IDENTITY_TOKEN_FILE: '/var/run/secrets/eks.amazonaws.com/serviceaccount/token',
    };
    const text = 'getaddrinfo ENOTFOUND config.us-east-1.amazonaws.com';
    assert.equal(redact(text, environment), text);
    assert.equal(redact('token was IQoJb3JpZ2luX2VjEJ%2F%2Fx%2B8aCXVz.', environment), 'token was ….');
  });

  it('removes registered MFA codes as whole words, and no other short values', () => {
    registerSecret('135790', 'Auditor', '12345');
    assert.equal(redact('Auditor entered 135790, not 1357901 or 12345', {}), 'Auditor entered …, not 1357901 or 12345');
  });

  it('removes bearer tokens and JSON Web Tokens of any length', () => {
    assert.equal(redact('was eyJhbGciOiJub25lIn0.eyJzdWIiOiJtZSJ9.c2ln, no', {}), 'was …, no');
    assert.equal(redact('Authorization: Bearer ab.cd-ef_gh~ij.kl-mn', {}), 'Authorization: Bearer …');
  });

  it('keeps account ids, although a secret may contain one', () => {
    registerSecret('secret-318604927715');
    const text = 'User: arn:aws:sts::318604927715:assumed-role/Auditor/me';
    assert.equal(redact(text, {}), text);
  });

  it('forgets the oldest of very many secrets', () => {
    const secret = (index: number) => String.fromCharCode(0x4e00 + index).repeat(20);
    const registerMany = (first: number) => {
      for (let index = first; index < first + 150; index += 1) registerSecret(secret(index));
    };
    for (let first = 0; first < 900; first += 150) registerMany(first);
    registerSecret(secret(5000));
    registerMany(1000);
    registerSecret(secret(5000));
    registerMany(1150);
    assert.equal(redact(secret(1299), {}), '…');
    assert.equal(redact(secret(5000), {}), '…', 'still in use');
    assert.equal(redact(secret(0), {}), secret(0));
  });

  it('reads no more of a hostile text than its limit', () => {
    const secret = 'wJalrXUtnFEMIbPxRfiCYzzzzzzzzzKEYKEYKEYK';
    registerSecret(secret);
    const hostile = [
      '/',
      '////@',
      'secret',
      'secret-token:',
      'token=',
      'bearer ',
      'PROXY //',
      'eyJ-',
      'A',
      'AAAA_',
      '%',
      '%2',
      '&#x',
      '\\',
      '\\u00',
      ' ',
      '\n',
      'z',
      'zzzz ',
      '…',
      '\ud800',
      'with an explicit deny in a ',
      'Deserialization error: ',
      secret,
    ];
    for (const text of hostile) {
      const long = text.repeat(Math.ceil(1_000_000 / text.length));
      const out = redact(long, {});
      assert(out.length <= 2 * maxRedactedLength, text);
      assert.equal(
        redact(`${long.slice(0, maxRedactedLength + 1)}${secret}`, {}),
        out,
        `${text}: the rest has no effect`,
      );
      const { message } = toComplianceError(new Error(long), { operation: 'DescribeConformancePackStatus' });
      assert(message.length <= 2 * maxRedactedLength, text);
    }
  });

  for (const [what, secret] of Object.entries(secrets)) {
    it(`removes ${what} from errors, log lines and reports`, () => {
      fc.assert(
        fc.property(secret, before, around, names, fc.constantFrom(...members), (value, front, after, name, member) => {
          const text = `No: ${front}${value}${after} is wrong`;
          const thrown = Object.assign(new Error(member === 'message' ? text : 'not authorized'), {
            name: member === 'name' ? text : name,
            $metadata: { requestId: member === 'requestId' ? text : 'an-id' },
          });
          const { message, details } = toComplianceError(thrown, { operation: 'DescribeConformancePackStatus' });
          for (const out of [message, ...Object.values(details), formatErrorForLog(thrown), redact(text, {})])
            assert(!String(out).includes(value), String(out));
        }),
      );
    });
  }

  it('preserves paths and names that consist of words', () => {
    for (const text of [
      '/home/somebody/projects/infrastructure/tools/credentials',
      'role/Platform/Compliance/ReadOnlyAuditor',
    ]) {
      assert.equal(redact(text, {}), text);
    }
  });
});
