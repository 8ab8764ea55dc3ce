import assert from 'node:assert/strict';
import fc from 'fast-check';
import { exportFormats, type FromPanel, parseFromPanel } from '../../../src/webview/protocol.ts';

const valid: Record<FromPanel['type'], fc.Arbitrary<FromPanel>> = {
  ready: fc.constant({ type: 'ready' }),
  refresh: fc.constant({ type: 'refresh' }),
  cancel: fc.constant({ type: 'cancel' }),
  continue: fc.constant({ type: 'continue' }),
  resources: fc.record({ type: fc.constant('resources'), rule: fc.string(), count: fc.maxSafeNat() }),
  openResource: fc.record({ type: fc.constant('openResource'), resourceType: fc.string(), resourceId: fc.string() }),
  copy: fc.record({ type: fc.constant('copy'), text: fc.string() }),
  export: fc.record({
    type: fc.constant('export'),
    format: fc.constantFrom(...exportFormats),
    rules: fc.array(fc.string()),
    filter: fc.string(),
  }),
};

/** What each member of a message must be. */
const members: Record<string, (value: unknown) => boolean> = {
  type: (value) => typeof value === 'string' && value in valid,
  rule: isText,
  count: (value) => Number.isSafeInteger(value) && Number(value) >= 0,
  resourceType: isText,
  resourceId: isText,
  text: isText,
  format: (value) => exportFormats.some((format) => format === value),
  rules: (value) => Array.isArray(value) && value.every(isText),
  filter: isText,
};

const memberNames: Record<FromPanel['type'], readonly string[]> = {
  ready: ['type'],
  refresh: ['type'],
  cancel: ['type'],
  continue: ['type'],
  resources: ['type', 'rule', 'count'],
  openResource: ['type', 'resourceType', 'resourceId'],
  copy: ['type', 'text'],
  export: ['type', 'format', 'rules', 'filter'],
};

/** Messages with members missing, wrong or too many. */
const nearly = fc.tuple(fc.oneof(...Object.values(valid)), fc.constantFrom(...Object.keys(members)), fc.jsonValue());
const broken = nearly.map(([message, name, value]) => ({ ...message, [name]: value }));

describe('a message of the panel', () => {
  for (const [type, messages] of Object.entries(valid)) {
    it(`${type} arrives as it was sent, and nothing beside it`, () => {
      fc.assert(
        fc.property(messages, (message) => {
          assert.deepEqual(parseFromPanel(message), { ...message });
          assert.deepEqual(parseFromPanel({ ...message, beside: 1 }), { ...message });
        }),
      );
    });
  }

  it('never throws and is valid or none, whatever came', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.anything(), broken), (value) => {
        const message = parseFromPanel(value);
        if (message === undefined) return;
        assert.deepEqual(Object.keys(message).toSorted(), memberNames[message.type].toSorted());
        for (const [name, member] of Object.entries(message)) assert(members[name]?.(member), name);
      }),
    );
  });

  for (const none of [
    undefined,
    null,
    'ready',
    [],
    {},
    { type: 'toString' },
    { type: 'resources', rule: 'a', count: -1 },
    { type: 'resources', rule: 'a', count: 1.5 },
    { type: 'resources', rule: 'a', count: '1' },
    { type: 'copy', text: ['a'] },
    { type: 'openResource', resourceType: 'a' },
    { type: 'export', format: 'exe', rules: [], filter: '' },
    { type: 'export', format: 'csv', rules: [1], filter: '' },
    { type: 'export', format: 'csv', rules: 'a', filter: '' },
  ]) {
    it(`${JSON.stringify(none)} is none`, () => assert.equal(parseFromPanel(none), undefined));
  }
});

function isText(value: unknown): boolean {
  return typeof value === 'string';
}
