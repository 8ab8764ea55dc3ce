import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parsePanelMessage } from '../../../src/views/panel/parsePanelMessage.ts';
import { copyForms, type PanelMessage } from '../../../src/webview/pack/protocol.ts';
import { exportFormats } from '../../../src/webview/shared/protocol.ts';

const valid: Record<PanelMessage['type'], fc.Arbitrary<PanelMessage>> = {
  ready: fc.constant({ type: 'ready' }),
  refresh: fc.constant({ type: 'refresh' }),
  cancel: fc.constant({ type: 'cancel' }),
  loadMore: fc.constant({ type: 'loadMore' }),
  loadHistory: fc.constant({ type: 'loadHistory' }),
  loadResources: fc.record({ type: fc.constant('loadResources'), rule: fc.string(), count: fc.maxSafeNat() }),
  loadOwners: fc.constant({ type: 'loadOwners' }),
  reevaluate: fc.record({ type: fc.constant('reevaluate'), rules: fc.array(fc.string()) }),
  openRule: fc.record({ type: fc.constant('openRule'), rule: fc.string() }),
  openResource: fc.record({ type: fc.constant('openResource'), resourceType: fc.string(), resourceId: fc.string() }),
  resolve: fc.record({ type: fc.constant('resolve'), problem: fc.string(), action: fc.string() }),
  copy: fc.record({ type: fc.constant('copy'), text: fc.string() }),
  copyRule: fc.record({ type: fc.constant('copyRule'), rule: fc.string(), as: fc.constantFrom(...copyForms) }),
  copyResource: fc.record({
    type: fc.constant('copyResource'),
    rule: fc.string(),
    resourceType: fc.string(),
    resourceId: fc.string(),
  }),
  copyMarkdown: fc.record({
    type: fc.constant('copyMarkdown'),
    rules: fc.array(fc.string()),
    unfolded: fc.array(fc.string()),
    filter: fc.string(),
  }),
  export: fc.record(
    {
      type: fc.constant('export'),
      format: fc.constantFrom(...exportFormats),
      rules: fc.array(fc.string()),
      filter: fc.string(),
      order: fc.string(),
      everything: fc.constant(true),
    },
    { requiredKeys: ['type', 'format', 'rules', 'filter'] },
  ),
};

/** Validates each member of a message. */
const members: Record<string, (value: unknown) => boolean> = {
  type: (value) => typeof value === 'string' && value in valid,
  rule: isString,
  count: (value) => Number.isSafeInteger(value) && Number(value) >= 0,
  resourceType: isString,
  resourceId: isString,
  problem: isString,
  action: isString,
  text: isString,
  as: (value) => copyForms.some((form) => form === value),
  format: (value) => exportFormats.some((format) => format === value),
  rules: isList,
  unfolded: isList,
  filter: isString,
  order: isString,
  everything: (value) => value === true,
};

const memberNames: Record<PanelMessage['type'], readonly string[]> = {
  ready: ['type'],
  refresh: ['type'],
  cancel: ['type'],
  loadMore: ['type'],
  loadHistory: ['type'],
  loadResources: ['type', 'rule', 'count'],
  loadOwners: ['type'],
  reevaluate: ['type', 'rules'],
  openRule: ['type', 'rule'],
  openResource: ['type', 'resourceType', 'resourceId'],
  resolve: ['type', 'problem', 'action'],
  copy: ['type', 'text'],
  copyRule: ['type', 'rule', 'as'],
  copyResource: ['type', 'rule', 'resourceType', 'resourceId'],
  copyMarkdown: ['type', 'rules', 'unfolded', 'filter'],
  export: ['type', 'format', 'rules', 'filter'],
};

/** Members of exports that earlier versions of the webview do not send. */
const optionalNames: readonly string[] = ['order', 'everything'];

/** Messages with missing, invalid or additional members. */
const messageWithReplacement = fc.tuple(
  fc.oneof(...Object.values(valid)),
  fc.constantFrom(...Object.keys(members)),
  fc.jsonValue(),
);
const invalidMessages = messageWithReplacement.map(([message, name, value]) => ({ ...message, [name]: value }));

describe('parsePanelMessage', () => {
  for (const [type, messages] of Object.entries(valid)) {
    it(`parses ${type} and drops other members`, () => {
      fc.assert(
        fc.property(messages, (message) => {
          assert.deepEqual(parsePanelMessage(message), { ...message });
          assert.deepEqual(parsePanelMessage({ ...message, other: 1 }), { ...message });
        }),
      );
    });
  }

  it('returns a valid message or undefined for any value', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.anything(), invalidMessages), (value) => {
        const message = parsePanelMessage(value);
        if (message === undefined) return;
        const names = Object.keys(message).filter((name) => !optionalNames.includes(name));
        assert.deepEqual(names.toSorted(), memberNames[message.type].toSorted());
        for (const [name, member] of Object.entries(message)) assert(members[name]?.(member), name);
      }),
    );
  });

  it('parses what is restricted to an owner, or to resources without an exception', () => {
    const load = { type: 'loadResources', rule: 'a', count: 1, owner: '=web' };
    assert.deepEqual(parsePanelMessage(load), load);
    const copy = {
      type: 'copyMarkdown',
      rules: [],
      unfolded: [],
      filter: '',
      owner: 'untagged',
      hidesExceptions: true,
    };
    assert.deepEqual(parsePanelMessage(copy), copy);
  });

  for (const invalid of [
    undefined,
    null,
    'ready',
    [],
    {},
    { type: 'toString' },
    { type: 'loadResources', rule: 'a', count: -1 },
    { type: 'loadResources', rule: 'a', count: 1.5 },
    { type: 'loadResources', rule: 'a', count: '1' },
    { type: 'loadResources', rule: 'a', count: 1, owner: 1 },
    { type: 'reevaluate', rules: 'all' },
    { type: 'copy', text: ['a'] },
    { type: 'copyRule', rule: 'a', as: 'exe' },
    { type: 'copyResource', rule: 'a', resourceType: 'a' },
    { type: 'openRule' },
    { type: 'openResource', resourceType: 'a' },
    { type: 'export', format: 'exe', rules: [], filter: '' },
    { type: 'export', format: 'csv', rules: [1], filter: '' },
    { type: 'export', format: 'csv', rules: 'a', filter: '' },
  ]) {
    it(`rejects ${JSON.stringify(invalid)}`, () => assert.equal(parsePanelMessage(invalid), undefined));
  }
});

function isList(value: unknown): boolean {
  return Array.isArray(value) && value.every(isString);
}

function isString(value: unknown): boolean {
  return typeof value === 'string';
}
