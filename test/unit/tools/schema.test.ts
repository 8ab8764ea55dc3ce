import assert from 'node:assert/strict';
import { problemOf, type Schema } from '../../../src/views/tools/schema.ts';
import { tools } from './asking.ts';

/** Every keyword that is checked or means nothing: another one would go unchecked. */
const keywords =
  'type description default enum pattern minLength maxLength minimum maximum items maxItems properties required additionalProperties'.split(
    ' ',
  );

function* schemasIn(schema: Schema): Iterable<Schema> {
  yield schema;
  if (schema.items) yield* schemasIn(schema.items);
  for (const each of Object.values(schema.properties ?? {})) yield* schemasIn(each);
}

describe('the schemas of the tools', () => {
  const all = Object.values(tools).flatMap(({ input, output }) => [...schemasIn(input), ...schemasIn(output)]);

  it('say nothing that goes unchecked', () => {
    for (const schema of all) for (const key of Object.keys(schema)) assert(keywords.includes(key), key);
  });

  it('name every member that an object may have', () => {
    for (const schema of all.filter(({ type }) => [type].flat().includes('object'))) {
      assert.equal(schema.additionalProperties, false);
      for (const key of schema.required ?? []) assert(key in (schema.properties ?? {}), key);
    }
  });

  it('describe what may be asked, member by member, with defaults that are allowed', () => {
    for (const { input } of Object.values(tools)) {
      for (const [key, schema] of Object.entries(input.properties ?? {})) {
        assert(schema.description, key);
        if (schema.default !== undefined) assert.equal(problemOf(schema, schema.default), undefined, key);
      }
    }
  });
});

describe('a question that is wrong', () => {
  const scores = (input: unknown) => problemOf(tools.scores.input, input);
  const cases: readonly [unknown, RegExp][] = [
    ['prod', /^The input must be of type object\.$/],
    [null, /^The input must be of type object\.$/],
    [[], /^The input must be of type object\.$/],
    [
      { names: [] },
      /^There is no names: allowed are name, nameContains, scoreBelow, connection, account, region, limit\.$/,
    ],
    [{ __proto__: null, toString: 1 }, /^There is no toString: allowed are name, /],
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
    it(`is told what is allowed: ${JSON.stringify(input)}`, () => assert.match(scores(input) ?? '', problem));
  }

  it('is told what is missing', () => {
    assert.match(problemOf(tools.packDetails.input, {}) ?? '', /^name is missing: a string that matches /);
  });

  it('is told the words that there are', () => {
    const problem = problemOf(tools.aggregateCompliance.input, { status: 'bad' });
    assert.equal(problem, 'status must be one of NON_COMPLIANT, INSUFFICIENT_DATA, COMPLIANT.');
  });
});

describe('a question that is right', () => {
  for (const input of [{}, { name: 'a', scoreBelow: 0, limit: 500 }, { account: '123456789012', name: undefined }]) {
    it(`is taken: ${JSON.stringify(input)}`, () => assert.equal(problemOf(tools.scores.input, input), undefined));
  }
});

describe('an answer that is wrong', () => {
  const good = { about: '', complete: true, cut: [], notRead: [], places: [], packs: [] };
  const cases: readonly [object, RegExp][] = [
    [{ packs: {} }, /^packs must be of type array/],
    [{ cut: [1] }, /^cut\[0\] must be a string/],
    [{ packs: [{}] }, /^packs\[0\]\.name is missing/],
    [{ packs: Array(501).fill({}) }, /^packs must be of type array with at most 500 items/],
    [{ places: [{ account: '1' }] }, /^places\[0\]\.region is missing/],
  ];
  for (const [part, problem] of cases) {
    it(`is found: ${problem.source}`, () =>
      assert.match(problemOf(tools.scores.output, { ...good, ...part }) ?? '', problem));
  }
});
