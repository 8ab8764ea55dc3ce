import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatLink, parseLink } from '../../../src/views/palette/packLink.ts';

const ruleName = fc
  .oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('a&rule=b', '50%', '~7E', 'a+b c', '#1', '%26', 'ü'))
  .filter((name) => name.length <= 128 && name.trim() !== '')
  .map((name) => name.toWellFormed());

const pack = fc.record(
  {
    name: fc.stringMatching(/^[a-zA-Z][-a-zA-Z0-9]{0,255}$/),
    account: fc.stringMatching(/^\d{12}$/),
    region: fc.constantFrom('us-east-1', 'eu-central-1', 'us-gov-west-1'),
    rule: ruleName,
  },
  { noNullPrototype: true, requiredKeys: ['name', 'account', 'region'] },
);

const validQuery = 'name=soc-2&account=111122223333&region=us-east-1';

describe('parseLink', () => {
  it('parses what formatLink returns', () =>
    fc.assert(
      fc.property(pack, (pack) => {
        const link = new URL(formatLink('vscode', pack));
        assert.equal(link.host, 'packscope.packscope');
        assert.deepEqual(parseLink(link.pathname, link.search), pack);
        // VS Code decodes the query.
        assert.deepEqual(parseLink(link.pathname, decodeURIComponent(link.search.slice(1))), pack);
      }),
    ));

  it('needs nothing but name, account and region', () => {
    const link = formatLink('vscode-insiders', { name: 'soc-2', account: '111122223333', region: 'us-east-1' });
    assert.equal(link, `vscode-insiders://packscope.packscope/pack?${validQuery}`);
  });

  for (const [title, query, path = '/pack'] of [
    ['another path', validQuery, '/packs'],
    ['no name', validQuery.replace('name', 'pack')],
    ['an invalid name', validQuery.replace('soc-2', 'soc%202')],
    ['a path as the name', validQuery.replace('soc-2', '..%2F..%2Fetc')],
    ['a short account', validQuery.replace('111122223333', '1111')],
    ['an invalid region', validQuery.replace('us-east-1', '%3Cb%3E')],
    ['two accounts', `${validQuery}&account=444455556666`],
    ['a rule without a name', `${validQuery}&rule=`],
    ['a rule with an invalid escape', `${validQuery}&rule=~FF`],
    ['a long rule', `${validQuery}&rule=${'r'.repeat(129)}`],
    ['two rules', `${validQuery}&rule=a&rule=b`],
    ['an empty query', ''],
  ] as const) {
    it(`rejects ${title}`, () =>
      assert.throws(
        () => parseLink(path, query),
        /^Error: This (is not a link to|link does not identify) a conformance pack/,
      ));
  }

  it('returns valid names or throws, whatever the parameters are', () => {
    const part = fc.oneof(fc.string(), fc.constantFrom('soc-2', '111122223333', 'us-east-1'));
    fc.assert(
      fc.property(part, part, part, (name, account, region) => {
        const query = String(new URLSearchParams({ name, account, region }));
        try {
          assert.deepEqual(parseLink('/pack', query), { name, account, region });
          assert.match(`${name} ${account} ${region}`, /^[a-zA-Z][-a-zA-Z0-9]* \d{12} [-a-z0-9]+$/);
        } catch (error) {
          assert(error instanceof Error && error.message.startsWith('This link does not identify'), String(error));
        }
      }),
    );
  });
});
