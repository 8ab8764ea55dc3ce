import assert from 'node:assert/strict';
import { parseExportArguments } from '../../../src/reports/exportArguments.ts';

const scope = { account: '318604927715', region: 'us-east-1' };

describe('parseExportArguments', () => {
  for (const source of [
    { aggregator: 'org' },
    { aggregator: 'org', pack: 'a-pack', account: scope.account, region: 'us-east-1', compliance: 'NON_COMPLIANT' },
    { scope },
  ]) {
    it(`accepts ${JSON.stringify(source)}`, () => {
      const args = { source, format: 'csv', uri: '/a.csv' };
      assert.deepEqual(parseExportArguments(args), args);
    });
  }

  const valid = { source: { aggregator: 'org' }, format: 'csv', uri: '/a.csv' };
  for (const [args, message] of [
    ['org', /Specify an object with source, format, uri/],
    [{ ...valid, to: '/b.csv' }, /Unknown member “to”\. Specify any of source, format, uri/],
    [{ ...valid, format: 'xlsx' }, /format: Specify one of csv, json, jsonl, markdown, html/],
    [{ ...valid, source: undefined }, /source: Specify an object/],
    [{ ...valid, source: {} }, /Specify \{ aggregator: NAME \} or/],
    [{ ...valid, source: { aggregator: 'org', account: '1' } }, /account: Enter a 12-digit account ID/],
    [{ ...valid, source: { aggregator: 'org', compliance: 'FINE' } }, /compliance: Enter one of/],
    [{ ...valid, source: { aggregator: 'org', pack: '%' } }, /pack: Enter a pack name/],
    [{ ...valid, source: { aggregator: 'org', name: 'a' } }, /Unknown member “name”/],
    [{ ...valid, source: { scope: { account: scope.account } } }, /region: Enter a region/],
    [{ ...valid, source: { scope, aggregator: 'org' } }, /Unknown member “aggregator”\. Specify any of scope/],
  ] as const) {
    it(`rejects ${JSON.stringify(args)}`, () => assert.throws(() => parseExportArguments(args), message));
  }
});
