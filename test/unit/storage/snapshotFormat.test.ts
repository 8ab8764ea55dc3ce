import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { ListSnapshots } from '../../../src/compliance/store/listCache.ts';
import { decodeSnapshot, encodeSnapshot, type SnapshotFile } from '../../../src/storage/snapshotFormat.ts';

const scope = { account: '111122223333', partition: 'aws', region: 'us-east-1' };

/** The rows of each kind of list: each with one part per paged list, and in each part one row with all members. */
const rowsByKind: Readonly<Record<string, readonly unknown[]>> = {
  aggregators: [
    { name: 'organization', arn: 'arn', sources: { accounts: 'organization', regions: ['us-east-1', 'eu-west-1'] } },
  ],
  packs: [
    { pack: 'a', percent: 61.5, text: 'text', updatedAt: 1 },
    {
      pack: 'a',
      id: 'id',
      arn: 'arn',
      state: 'CREATE_COMPLETE',
      reason: 'reason',
      stackArn: 'arn',
      requestedAt: 1,
      completedAt: 2,
    },
  ],
  rules: [
    { name: 'rule', compliance: 'COMPLIANT', controls: ['AC-3'] },
    {
      rule: 'rule',
      resourceType: 'type',
      resourceId: 'id',
      compliance: 'NON_COMPLIANT',
      annotation: 'a',
      evaluatedAt: 1,
    },
  ],
  passing: [{ rule: 'rule', resourceType: 'type', resourceId: 'id', compliance: 'COMPLIANT' }],
  unhealthySources: [{ id: 'id', region: 'us-east-1', state: 'FAILED', updatedAt: 1, errorCode: 'code', reason: 'no' }],
  packCounts: [{ name: 'us-east-1', compliantPacks: 1, nonCompliantPacks: 2 }],
  rows: [
    {
      pack: 'a',
      account: '111122223333',
      region: 'us-east-1',
      compliance: 'COMPLIANT',
      compliantRules: 1,
      nonCompliantRules: 0,
      totalRules: 1,
    },
  ],
  organizationNames: ['name'],
};

const createFile = (): SnapshotFile => ({
  scope,
  connection: 'audit@',
  credentials: 'fingerprint',
  savedAt: 5,
  lists: Object.fromEntries(
    Object.entries(rowsByKind).map(([kind, rows]): [string, ListSnapshots[string]] => [
      `${kind} []`,
      rows.map((row) => ({ rows: [row], complete: true, readAt: 3 })),
    ]),
  ),
});

/** Encodes any JSON with a valid checksum, as another program could. */
function encodeJson(json: string): string {
  const version = encodeSnapshot(createFile()).split(' ', 3).join(' ');
  return `${version} ${createHash('sha256').update(json).digest('hex')}\n${json}`;
}

type Path = readonly (string | number)[];

/** The paths of all values in a JSON value, except its own. */
function getPaths(value: unknown): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [[key], ...getPaths(member).map((path) => [key, ...path])]);
}

/** Returns a copy of a JSON value with another value at a path. */
function replaceAt(value: unknown, [key, ...path]: Path, replacement: unknown): unknown {
  if (key === undefined) return replacement;
  const copy = structuredClone(value) as Record<string | number, unknown>;
  copy[key] = replaceAt(copy[key], path, replacement);
  return copy;
}

describe('decodeSnapshot', () => {
  const file = createFile();
  const decode = (json: string) => decodeSnapshot(encodeJson(json), 'audit@');

  it('restores every member of every kind of row', () => {
    assert.deepEqual(decodeSnapshot(encodeSnapshot(file), 'audit@'), file);
    assert.deepEqual(decode(JSON.stringify(file)), file);
  });

  // Texts can have any characters, so only another type makes them invalid.
  const hostileValues = [null, true, -1, 1e300, [], [null], {}, { length: 1 }, [[]]];
  /** Whether a hostile value at the path leaves the snapshot valid. */
  const isValid = ([member, ...path]: Path, value: unknown): boolean => {
    const name = path.at(-1) ?? member;
    const json = JSON.stringify(value);
    if (/At$/.test(String(name))) return value === -1;
    if (name === 'complete') return value === true;
    if (name === 'rows' || name === 'controls' || name === 'regions') return json === '[]';
    if (name === 'lists') return json === '{}';
    // A list or a part of it may not have been read.
    return (
      member === 'lists' &&
      (path.length === 1
        ? json === '[null]' && path[0] !== 'packs []' && path[0] !== 'rules []'
        : path.length === 2 && value === null)
    );
  };

  it('rejects another type of any member', () => {
    for (const path of getPaths(file))
      for (const value of hostileValues) {
        const json = JSON.stringify(replaceAt(file, path, value));
        if (isValid(path, value)) decode(json);
        else assert.throws(() => decode(json), /it is invalid/, `${path.join('.')}: ${JSON.stringify(value)}`);
      }
  });

  it('rejects an unknown kind of list, another number of parts, an unknown member and a row twice', () => {
    const [kind, parts] = Object.entries(file.lists)[0] ?? [];
    assert(kind !== undefined && parts);
    const [part] = parts;
    assert(part);
    const [row] = part.rows;
    for (const lists of [
      { 'unknown []': parts },
      { 'toString []': parts },
      { [kind]: [] },
      { [kind]: [...parts, ...parts] },
      { [kind]: [{ ...part, rows: [{ ...(row as object), other: 1 }] }] },
      { [kind]: [{ ...part, rows: [row, row] }] },
    ])
      assert.throws(() => decode(JSON.stringify({ ...file, lists })), /it is invalid/);
    const polluted = JSON.stringify(file).replace('"aggregators []"', '"__proto__"');
    assert.throws(() => decode(polluted), /it is invalid/);
    assert.throws(() => decode(JSON.stringify(file).replace('"arn":', '"__proto__":')), /it is invalid/);
  });

  for (const [name, value] of Object.entries({
    account: '11112222333',
    region: 'US',
    partition: 'https://example.com',
  }))
    it(`rejects a scope with an invalid ${name}`, () => {
      assert.throws(() => decode(JSON.stringify(replaceAt(file, ['scope', name], value))), /it is invalid/);
    });

  it('rejects any JSON that is no snapshot', () => {
    fc.assert(fc.property(fc.json(), (json) => assert.throws(() => decode(json))));
    for (const json of ['['.repeat(1_000_000), '{"a":'.repeat(100_000), '1e999', '']) assert.throws(() => decode(json));
  });
});
