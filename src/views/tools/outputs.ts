import { complianceTypes } from '../../compliance/model.ts';
import type { Schema } from './schema.ts';

// What the tools answer. A manifest declares inputs alone, so the outputs are declared here: nothing else is ever said.

/** Longer texts are cut. */
const words: Schema = { type: 'string', maxLength: 1001 };
const count: Schema = { type: 'integer', minimum: 0 };
const countOrNot: Schema = { type: ['integer', 'null'], minimum: 0 };
const flag: Schema = { type: 'boolean' };
const account: Schema = { type: 'string', pattern: '^\\d{12}$' };
const region: Schema = { type: 'string', pattern: '^[a-z][-a-z0-9]*$' };
const score: Schema = { type: ['number', 'null'], minimum: 0, maximum: 100 };
const compliance: Schema = { type: ['string', 'null'], enum: [...complianceTypes, null] };

const whose = { account, region, connection: words };

/** Every member that is not named as optional is there. */
function object(properties: Readonly<Record<string, Schema>>, ...optional: string[]): Schema {
  const required = Object.keys(properties).filter((key) => !optional.includes(key));
  return { type: 'object', additionalProperties: false, properties, required };
}

const list = (items: Schema, maxItems?: number): Schema => ({
  type: 'array',
  items,
  ...(maxItems !== undefined && { maxItems }),
});

/** A time as ISO 8601 and in words, such as `3 hours ago`. */
const time = (name: string): Readonly<Record<string, Schema>> => ({
  [`${name}At`]: { type: ['string', 'null'], pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' },
  [`${name}Age`]: { type: ['string', 'null'], maxLength: 40 },
});

const notRead = object(
  { what: words, ...whose, reason: words, advice: words, permission: words },
  ...['connection', 'account', 'region', 'permission'],
);

const standing = { about: words, complete: flag, cut: list(words), notRead: list(notRead, 10) };
const places = list(object({ ...whose, ...time('read') }), 50);

const pack = {
  name: words,
  ...whose,
  score,
  scoreText: words,
  ...time('scoreComputed'),
  deployment: { ...object({ state: words, reason: words }, 'reason'), type: ['object', 'null'] },
  ...time('read'),
} satisfies Readonly<Record<string, Schema>>;

const resource = object({ type: words, id: words, annotation: words, ...time('evaluated') }, 'annotation');

const rule = object({
  name: words,
  compliance,
  controls: list(words),
  failing: countOrNot,
  estimatedGain: { type: ['number', 'null'], minimum: 0, maximum: 100 },
  resources: list(resource, 100),
});

const aggregator = object(
  { aggregator: words, ...whose, rowsComplete: flag, ...time('rowsRead'), countsComplete: flag, ...time('countsRead') },
  ...['countsComplete', 'countsReadAt', 'countsReadAge'],
);

const row = object({
  aggregator: words,
  account,
  region,
  pack: words,
  status: compliance,
  compliantRules: count,
  nonCompliantRules: count,
  totalRules: count,
});

const group = object({ aggregator: words, name: words, compliantPacks: count, nonCompliantPacks: count });
const counts = object({ by: { type: 'string', enum: ['account', 'region'] }, of: words, groups: list(group, 500) });

export const scoresOutput: Schema = object({ ...standing, places, packs: list(object(pack), 500) });

export const packDetailsOutput: Schema = object({
  ...standing,
  places,
  packs: list(
    object({
      ...pack,
      ...time('rulesRead'),
      failingResults: countOrNot,
      rules: list(rule),
    }),
  ),
});

export const aggregateComplianceOutput: Schema = object(
  { ...standing, aggregators: list(aggregator, 30), counts, rows: list(row, 500) },
  'counts',
);
