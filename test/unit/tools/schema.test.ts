import assert from 'node:assert/strict';
import { type Schema, validateSchema } from '../../../src/views/tools/schema.ts';
import { tools } from './callTool.ts';

/** The keywords that `validateSchema` checks or can ignore. */
const keywords =
  'type description default enum pattern minLength maxLength minimum maximum items maxItems properties required additionalProperties'.split(
    ' ',
  );

function* iterateSchemas(schema: Schema): Iterable<Schema> {
  yield schema;
  if (schema.items) yield* iterateSchemas(schema.items);
  for (const each of Object.values(schema.properties ?? {})) yield* iterateSchemas(each);
}

describe('tool schemas', () => {
  const all = Object.values(tools).flatMap(({ input, output }) => [
    ...iterateSchemas(input),
    ...iterateSchemas(output),
  ]);

  it('use only supported keywords', () => {
    for (const schema of all) for (const key of Object.keys(schema)) assert(keywords.includes(key), key);
  });

  it('declare every member of an object', () => {
    for (const schema of all.filter(({ type }) => [type].flat().includes('object'))) {
      assert.equal(schema.additionalProperties, false);
      for (const key of schema.required ?? []) assert(key in (schema.properties ?? {}), key);
    }
  });

  it('describe every input member and have valid defaults', () => {
    for (const { input } of Object.values(tools)) {
      for (const [key, schema] of Object.entries(input.properties ?? {})) {
        assert(schema.description, key);
        if (schema.default !== undefined) assert.equal(validateSchema(schema, schema.default), undefined, key);
      }
    }
  });
});

describe('validateSchema with an invalid input', () => {
  const scores = (input: unknown) => validateSchema(tools.scores.input, input);
  const cases: readonly [unknown, RegExp][] = [
    ['prod', /^The input must be of type object\.$/],
    [null, /^The input must be of type object\.$/],
    [[], /^The input must be of type object\.$/],
    [
      { names: [] },
      /^Unknown member names\. Allowed: name, nameContains, scoreBelow, connection, account, region, limit\.$/,
    ],
    [{ __proto__: null, toString: 1 }, /^Unknown member toString\. Allowed: name, /],
    [{ name: 'a b' }, /^name must be a string that matches .+ \(The pack's exact name\)\.$/],
    [{ name: 7 }, /^name must be /],
    [{ nameContains: '' }, /^nameContains must be a string of 1 to 256 characters/],
    [{ scoreBelow: '80' }, /^scoreBelow must be of type number, from 0 to 100\.$/],
    [{ scoreBelow: 100.5 }, /^scoreBelow must be /],
    [{ scoreBelow: Number.NaN }, /^scoreBelow must be /],
    [{ account: '12345678901' }, /^account must be a string that matches \^\\d\{12\}\$ /],
    [{ region: 'US East' }, /^region must be /],
    [{ limit: 501 }, /^limit must be of type integer, from 1 to 500\.$/],
    [{ limit: 1.5 }, /^limit must be /],
    [{ limit: null }, /^limit must be /],
  ];
  for (const [input, problem] of cases) {
    it(`describes valid values for ${JSON.stringify(input)}`, () => assert.match(scores(input) ?? '', problem));
  }

  it('names a missing member', () => {
    assert.match(
      validateSchema(tools.packDetails.input, {}) ?? '',
      /^name is missing: it must be a string that matches /,
    );
  });

  it('lists the values of an enumeration', () => {
    const problem = validateSchema(tools.aggregateCompliance.input, { status: 'bad' });
    assert.equal(problem, 'status must be one of NON_COMPLIANT, INSUFFICIENT_DATA, COMPLIANT.');
  });
});

describe('validateSchema with a valid input', () => {
  for (const input of [{}, { name: 'a', scoreBelow: 0, limit: 500 }, { account: '123456789012', name: undefined }]) {
    it(`accepts ${JSON.stringify(input)}`, () => assert.equal(validateSchema(tools.scores.input, input), undefined));
  }
});

describe('validateSchema with an invalid output', () => {
  const validOutput = { about: '', complete: true, cut: [], notRead: [], places: [], packs: [] };
  const cases: readonly [object, RegExp][] = [
    [{ packs: {} }, /^packs must be of type array/],
    [{ cut: [1] }, /^cut\[0\] must be a string/],
    [{ packs: [{}] }, /^packs\[0\]\.name is missing/],
    [{ packs: Array(501).fill({}) }, /^packs must be of type array with at most 500 items/],
    [{ places: [{ account: '1' }] }, /^places\[0\]\.region is missing/],
  ];
  for (const [part, problem] of cases) {
    it(`finds ${problem.source}`, () =>
      assert.match(validateSchema(tools.scores.output, { ...validOutput, ...part }) ?? '', problem));
  }
});
