import { complianceTypes } from '../../compliance/model.ts';
import type { Schema } from './schema.ts';

// The schemas of tool outputs. VS Code declares only input schemas in package.json, so tests validate outputs against these.

/** Text, truncated by `fitToBudget`. */
const text: Schema = { type: 'string', maxLength: 1001 };
const count: Schema = { type: 'integer', minimum: 0 };
const nullableCount: Schema = { type: ['integer', 'null'], minimum: 0 };
const boolean: Schema = { type: 'boolean' };
const account: Schema = { type: 'string', pattern: '^\\d{12}$' };
const region: Schema = { type: 'string', pattern: '^[a-z][-a-z0-9]*$' };
const score: Schema = { type: ['number', 'null'], minimum: 0, maximum: 100 };
const compliance: Schema = { type: ['string', 'null'], enum: [...complianceTypes, null] };

const location = { account, region, connection: text };

/** An object. Its members are required unless they are named in `optional`. */
function object(properties: Readonly<Record<string, Schema>>, ...optional: string[]): Schema {
  const required = Object.keys(properties).filter((key) => !optional.includes(key));
  return { type: 'object', additionalProperties: false, properties, required };
}

const list = (items: Schema, maxItems?: number): Schema => ({
  type: 'array',
  items,
  ...(maxItems !== undefined && { maxItems }),
});

/** A time as ISO 8601 and as text, such as `3 hours ago`. */
const timestamps = (name: string): Readonly<Record<string, Schema>> => ({
  [`${name}At`]: { type: ['string', 'null'], pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' },
  [`${name}Age`]: { type: ['string', 'null'], maxLength: 40 },
});

const notRead = object(
  { what: text, ...location, kind: text, reason: text, advice: text, permission: text },
  ...['connection', 'account', 'region', 'kind', 'permission'],
);

const completeness = { about: text, complete: boolean, cut: list(text), notRead: list(notRead, 10) };
const places = list(object({ ...location, ...timestamps('read') }), 50);

const pack = {
  name: text,
  ...location,
  score,
  scoreText: text,
  ...timestamps('scoreComputed'),
  deployment: { ...object({ state: text, reason: text }, 'reason'), type: ['object', 'null'] },
  ...timestamps('read'),
} satisfies Readonly<Record<string, Schema>>;

const resource = object({ type: text, id: text, annotation: text, ...timestamps('evaluated') }, 'annotation');

const rule = object(
  {
    name: text,
    compliance,
    complianceText: text,
    controls: list(text),
    failing: nullableCount,
    estimatedGain: { type: ['number', 'null'], minimum: 0, maximum: 100 },
    resources: list(resource, 100),
  },
  'complianceText',
);

const aggregator = object(
  {
    aggregator: text,
    ...location,
    rowsComplete: boolean,
    ...timestamps('rowsRead'),
    countsComplete: boolean,
    ...timestamps('countsRead'),
  },
  ...['countsComplete', 'countsReadAt', 'countsReadAge'],
);

const row = object(
  {
    aggregator: text,
    account,
    region,
    pack: text,
    status: compliance,
    statusText: text,
    compliantRules: count,
    nonCompliantRules: count,
    totalRules: count,
    countsText: text,
  },
  ...['statusText', 'countsText'],
);

const group = object(
  { aggregator: text, name: text, compliantPacks: count, nonCompliantPacks: count, countsText: text },
  'countsText',
);
const counts = object({ by: { type: 'string', enum: ['account', 'region'] }, of: text, groups: list(group, 500) });

export const scoresOutput: Schema = object({ ...completeness, places, packs: list(object(pack), 500) });

export const packDetailsOutput: Schema = object({
  ...completeness,
  places,
  packs: list(
    object({
      ...pack,
      ...timestamps('rulesRead'),
      failingResults: nullableCount,
      rules: list(rule),
    }),
  ),
});

export const aggregateComplianceOutput: Schema = object(
  { ...completeness, aggregators: list(aggregator, 30), counts, rows: list(row, 500) },
  'counts',
);

/** The aggregator that an output is about; null if there is none. */
const aboutAggregator = (properties: Readonly<Record<string, Schema>>, ...optional: string[]): Schema => ({
  ...object({ aggregator: text, ...location, ...properties, ...timestamps('read') }, ...optional),
  type: ['object', 'null'],
});

const stateCounts = { packs: count, nonCompliant: count, compliant: count, insufficientData: count, unknown: count };

const nullableTexts: Schema = { ...list(text, 10), type: ['array', 'null'] };

/** The coverage is null if it was not read. */
const packRank = object({
  pack: text,
  isOrganizationPack: boolean,
  ...stateCounts,
  accounts: nullableCount,
  accountsLacking: nullableCount,
  lackingAccounts: nullableTexts,
  accountsUnknown: nullableCount,
  regions: nullableCount,
  regionsLacking: nullableCount,
  lackingRegions: nullableTexts,
  regionsUnknown: nullableCount,
});

/** The regions are absent if AWS Config counted only whole accounts. */
const accountRank = object(
  {
    account: text,
    ...stateCounts,
    regions: list(object({ region: text, ...stateCounts }), 10),
    moreRegions: count,
  },
  ...['regions', 'moreRegions'],
);

export const organizationOverviewOutput: Schema = object(
  {
    ...completeness,
    aggregator: aboutAggregator(
      {
        countedBy: { type: 'string', enum: ['rows', 'query'] },
        queryNotUsed: text,
        rowsRead: count,
        rowsExpected: nullableCount,
      },
      'queryNotUsed',
    ),
    sourceFailures: list(object({ source: text, region: text, state: text, reason: text }, 'region', 'reason'), 20),
    totals: object({ accounts: count, ...stateCounts }),
    accounts: list(accountRank, 100),
    packs: list(packRank, 100),
  },
  ...['sourceFailures', 'totals'],
);

const resourceCount = { failingResources: count, areThereMoreResources: boolean };

export const aggregateRulesOutput: Schema = object({
  ...completeness,
  aggregator: aboutAggregator({ failingRulesRead: count }),
  rules: list(
    object({
      rule: text,
      accounts: count,
      deployedRules: count,
      ...resourceCount,
      places: list(object({ account: text, region: text, ...resourceCount }), 10),
      morePlaces: count,
    }),
    200,
  ),
});
