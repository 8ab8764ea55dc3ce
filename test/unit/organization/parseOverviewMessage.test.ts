import assert from 'node:assert/strict';
import fc from 'fast-check';
import { complianceTypes } from '../../../src/compliance/model.ts';
import { parseOverviewMessage } from '../../../src/views/organization/parseOverviewMessage.ts';
import { type OverviewMessage, overviewTabs } from '../../../src/webview/overview/protocol.ts';
import { exportFormats } from '../../../src/webview/shared/protocol.ts';

/** Trimmed, because filters are. */
const text = fc.string().map((each) => each.trim());
const number = fc.maxSafeNat();
const pack = { account: fc.string(), pack: fc.string() };
const filter = fc.record({
  account: text,
  region: text,
  pack: text,
  rule: text,
  compliance: fc.constantFrom('', ...complianceTypes),
});
const valid: Record<OverviewMessage['type'], fc.Arbitrary<OverviewMessage>> = {
  ready: fc.constant({ type: 'ready' }),
  refresh: fc.constant({ type: 'refresh' }),
  cancel: fc.constant({ type: 'cancel' }),
  loadMore: fc.constant({ type: 'loadMore' }),
  resolve: fc.record({ type: fc.constant('resolve'), problem: fc.string(), action: fc.string() }),
  copyMarkdown: fc.record({ type: fc.constant('copyMarkdown'), row: fc.string() }),
  loadCell: fc.record({ type: fc.constant('loadCell'), ...pack }),
  openPack: fc.record(
    { type: fc.constant('openPack'), ...pack, region: fc.string() },
    { requiredKeys: ['type', 'account', 'pack'] },
  ),
  export: fc.record(
    {
      type: fc.constant('export'),
      format: fc.constantFrom(...exportFormats),
      tab: fc.constantFrom(...overviewTabs),
      filter,
      everything: fc.constant(true),
    },
    { requiredKeys: ['type', 'format', 'tab', 'filter'] },
  ),
  show: fc.record({
    type: fc.constant('show'),
    request: number,
    tab: fc.constantFrom(...overviewTabs),
    filter,
    toggled: fc.array(fc.string()),
    focused: fc.string(),
    range: fc.record({ first: number, count: fc.nat(1000), firstColumn: number, columnCount: fc.nat(1000) }),
  }),
};
const show = fc.sample(valid.show, 1)[0];

describe('parseOverviewMessage', () => {
  for (const [type, messages] of Object.entries(valid)) {
    it(`parses ${type} and drops other members`, () => {
      fc.assert(
        fc.property(messages, (message) => {
          assert.deepEqual(parseOverviewMessage({ ...message, other: 1 }), structuredClone(message));
        }),
      );
    });
  }

  it('returns undefined for anything else, and never throws', () => {
    const types = fc.constantFrom(...Object.keys(valid), 'other', 'constructor');
    const members = fc.dictionary(
      fc.constantFrom(
        'account',
        'pack',
        'region',
        'problem',
        'action',
        'row',
        'request',
        'tab',
        'toggled',
        'focused',
        'range',
      ),
      fc.anything(),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.anything(),
          fc.tuple(types, members).map(([type, rest]) => ({ type, ...rest })),
        ),
        (value) => {
          const message = parseOverviewMessage(value);
          if (message) assert.deepEqual(parseOverviewMessage(message), message);
        },
      ),
    );
  });

  it('limits how many rows a request can ask for', () => {
    const range = { first: 5, count: 1e9, firstColumn: 7, columnCount: 1e9 };
    const message = parseOverviewMessage({ ...show, range });
    assert(message?.type === 'show');
    assert.deepEqual(message.range, { first: 5, count: 1000, firstColumn: 7, columnCount: 1000 });
    for (const invalid of [{ ...range, first: -1 }, { ...range, count: 1.5 }, { ...range, first: Number.NaN }, null])
      assert.equal(parseOverviewMessage({ ...show, range: invalid }), undefined);
  });

  it('ignores filters that it does not know', () => {
    const message = parseOverviewMessage({
      ...show,
      filter: { account: 5, region: ' us-east-1 ', compliance: 'GREAT' },
    });
    assert(message?.type === 'show');
    assert.deepEqual(message.filter, { account: '', region: 'us-east-1', pack: '', rule: '', compliance: '' });
  });

  it('refuses more toggled rows than a person unfolds', () => {
    assert.equal(parseOverviewMessage({ ...show, toggled: Array.from({ length: 10_001 }, String) }), undefined);
  });
});
