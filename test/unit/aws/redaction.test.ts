import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatErrorForLog, toComplianceError } from '../../../src/aws/transport/errorClassification.ts';
import { redact, registerSecret } from '../../../src/compliance/redaction.ts';

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

describe('redact', () => {
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
            assert(!out.includes(value), out);
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
