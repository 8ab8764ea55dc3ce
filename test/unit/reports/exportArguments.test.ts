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

  it('accepts the content, a filter, an order and a grouping', () => {
    const { format, uri } = { format: 'csv', uri: '/a.csv' };
    const filter = { scoreBelow: 80 };
    assert.deepEqual(
      parseExportArguments({ source: { scope, packs: ['a-pack'] }, format, uri, content: 'resources', filter }),
      { source: { scope, packs: ['a-pack'] }, format, uri, content: 'resources', filter },
    );
    const order = { by: 'name', descending: true };
    assert.deepEqual(
      parseExportArguments({ source: { framework: 'a-pack' }, format, uri, order, groupBy: 'account' }),
      {
        source: { framework: 'a-pack' },
        format,
        uri,
        order,
        grouping: 'account',
      },
    );
  });

  it('accepts further columns of resources', () => {
    const args = { ...valid, content: 'resources', resourceColumns: ['exceptions', 'owners'] };
    assert.deepEqual(parseExportArguments(args), args);
  });

  it('orders groups worst first unless another order is given', () => {
    const { order } = parseExportArguments({ ...valid, groupBy: 'region' });
    assert.deepEqual(order, { by: 'score', descending: false });
  });

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
    [{ ...valid, content: 'all' }, /content: Specify one of rows, rules, resources/],
    [{ ...valid, resourceColumns: 'owners' }, /resourceColumns: Specify a list of exceptions, owners/],
    [{ ...valid, resourceColumns: ['tags'] }, /resourceColumns: Specify one of exceptions, owners/],
    [{ ...valid, groupBy: 'pack-name' }, /groupBy: Specify one of account/],
    [{ ...valid, order: { by: 'age' } }, /order, by: Specify one of score, name/],
    [{ ...valid, order: { by: 'name', descending: 'yes' } }, /descending: Specify true or false/],
    [{ ...valid, filter: { scoreBelow: 101 } }, /scoreBelow: Enter a number from 0 to 100/],
    [{ ...valid, filter: { older: 1 } }, /filter: Specify any of/],
    [{ ...valid, source: { framework: '%' } }, /framework: Enter a pack name/],
    [{ ...valid, source: { scope, packs: [] } }, /packs: Specify a list/],
    [{ ...valid, source: { scope, aggregator: 'org' } }, /Unknown member “aggregator”\. Specify any of scope/],
  ] as const) {
    it(`rejects ${JSON.stringify(args)}`, () => assert.throws(() => parseExportArguments(args), message));
  }
});
