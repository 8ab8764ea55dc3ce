import assert from 'node:assert/strict';
import fc from 'fast-check';
import { linkOf, parseLink } from '../../../src/views/palette/link.ts';

const pack = fc.record(
  {
    name: fc.stringMatching(/^[a-zA-Z][-a-zA-Z0-9]{0,255}$/),
    account: fc.stringMatching(/^\d{12}$/),
    region: fc.constantFrom('us-east-1', 'eu-central-1', 'us-gov-west-1'),
  },
  { noNullPrototype: true },
);

const query = 'name=soc-2&account=111122223333&region=us-east-1';

describe('a link to a pack', () => {
  it('is read as it was written', () =>
    fc.assert(
      fc.property(pack, (pack) => {
        const link = new URL(linkOf('vscode', pack));
        assert.equal(link.host, 'packscope.packscope');
        assert.deepEqual(parseLink(link.pathname, link.search), pack);
      }),
    ));

  it('holds names, account and region alone', () => {
    const link = linkOf('vscode-insiders', { name: 'soc-2', account: '111122223333', region: 'us-east-1' });
    assert.equal(link, `vscode-insiders://packscope.packscope/pack?${query}`);
  });

  for (const [what, wrong, path = '/pack'] of [
    ['another path', query, '/packs'],
    ['no name', query.replace('name', 'pack')],
    ['a name that is none', query.replace('soc-2', 'soc%202')],
    ['a path for a name', query.replace('soc-2', '..%2F..%2Fetc')],
    ['a short account', query.replace('111122223333', '1111')],
    ['a region that is none', query.replace('us-east-1', '%3Cb%3E')],
    ['two accounts', `${query}&account=444455556666`],
    ['nothing', ''],
  ] as const) {
    it(`is refused with ${what}`, () => assert.throws(() => parseLink(path, wrong), /This link (is no link|names no)/));
  }

  it('is never read as something else, whatever it holds', () => {
    const part = fc.oneof(fc.string(), fc.constantFrom('soc-2', '111122223333', 'us-east-1'));
    fc.assert(
      fc.property(part, part, part, (name, account, region) => {
        const query = String(new URLSearchParams({ name, account, region }));
        try {
          assert.deepEqual(parseLink('/pack', query), { name, account, region });
          assert.match(`${name} ${account} ${region}`, /^[a-zA-Z][-a-zA-Z0-9]* \d{12} [-a-z0-9]+$/);
        } catch (error) {
          assert(error instanceof Error && error.message.startsWith('This link'), String(error));
        }
      }),
    );
  });
});
