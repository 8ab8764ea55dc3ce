import assert from 'node:assert/strict';
import { findSource, type NamedSource, parseRequest } from '../../../src/reports/request.ts';
import { withTree } from '../tree/openTree.ts';

const scope = { account: '318604927715', region: 'us-east-1' };

describe('what a keybinding asks to be exported', () => {
  for (const source of [
    { aggregator: 'org' },
    { aggregator: 'org', pack: 'a-pack', account: scope.account, region: 'us-east-1', compliance: 'NON_COMPLIANT' },
    { scope },
  ]) {
    it(`may be ${JSON.stringify(source)}`, () => {
      assert.deepEqual(parseRequest({ source, format: 'csv', uri: '/a.csv' }), {
        source,
        format: 'csv',
        uri: '/a.csv',
      });
    });
  }

  const good = { source: { aggregator: 'org' }, format: 'csv', uri: '/a.csv' };
  for (const [given, said] of [
    ['org', /Give an object with source, format, uri/],
    [{ ...good, to: '/b.csv' }, /to is none of source, format, uri/],
    [{ ...good, format: 'xlsx' }, /format: Give one of csv, json, jsonl, markdown, html/],
    [{ ...good, source: undefined }, /source: Give an object/],
    [{ ...good, source: {} }, /Give \{ aggregator \} with its name, or/],
    [{ ...good, source: { aggregator: 'org', account: '1' } }, /account: Give an account id of 12 digits/],
    [{ ...good, source: { aggregator: 'org', compliance: 'FINE' } }, /compliance: Give one of/],
    [{ ...good, source: { aggregator: 'org', pack: '%' } }, /pack: Give a pack’s name/],
    [{ ...good, source: { aggregator: 'org', name: 'a' } }, /name is none of/],
    [{ ...good, source: { scope: { account: scope.account } } }, /region: Give a region/],
    [{ ...good, source: { scope, aggregator: 'org' } }, /aggregator is none of scope/],
  ] as const) {
    it(`is not ${JSON.stringify(given)}`, () => assert.throws(() => parseRequest(given), said));
  }
});

describe('what is found by its name', () => {
  const find = (signedOut: boolean, named: NamedSource, connections = [{}]) => {
    const result = { value: undefined as Awaited<ReturnType<typeof findSource>> | undefined };
    return withTree({ signedOut }, async ({ estate }) => {
      result.value = await findSource(
        connections.map((connection) => estate.store(connection)),
        named,
      );
    }).then(() => result.value);
  };

  it('is the scope of a connection', async () => {
    const found = await find(false, { scope: { ...scope, region: 'eu-central-1' } }, [{}, { region: 'eu-central-1' }]);
    assert.deepEqual(found?.store.connection, { region: 'eu-central-1' });
  });

  it('is an aggregator, with what its rows are restricted to', async () => {
    const found = await find(false, { aggregator: 'organization', region: 'us-east-1' });
    assert(found?.aggregator);
    assert.equal(found.aggregator.name, 'organization');
    assert.deepEqual(found.filter, { region: 'us-east-1' });
  });

  it('is nothing where there is no such thing', async () => {
    await assert.rejects(find(false, { aggregator: 'nowhere' }), /No connection reads an aggregator nowhere/);
    await assert.rejects(find(false, { scope: { account: '1', region: 'a' } }), /No connection is of account 1 in a/);
  });

  it('is the failure that kept it from being found', async () => {
    await assert.rejects(find(true, { aggregator: 'organization' }), { kind: 'signedOut' });
  });
});
