import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { compareScope, type ScopeChanges } from '../../../src/compliance/history/compareScopes.ts';
import { readLatestVisits } from '../../../src/compliance/history/historyStorage.ts';
import { HistoryFiles } from '../../../src/storage/historyFiles.ts';
import { aggregator, type EstateAt, estateAt, matches, otherScope, scope, toVisits } from './estates.ts';

const [then, now] = [Date.UTC(2026, 10, 18, 9), Date.UTC(2026, 10, 26, 9)];

/** The expected changes as lines, derived from the two estates themselves, pair by pair. */
function expectChanges(before: EstateAt, after: EstateAt): string[] {
  return [...expectPacks(before, after), ...expectRules(before, after), ...expectRows(before, after)].sort();
}

function expectPacks(before: EstateAt, after: EstateAt): string[] {
  if (!before.read.packs || !after.read.packs) return [];
  const isNamed = (name: string) => [...before.packs, ...after.packs].every((pack) => pack.name !== name || pack.id);
  const lines: string[] = [];
  for (const id of ['id1', 'id2', 'id3', 'id4']) {
    const old = before.packs.find((pack) => pack.id === id && isNamed(pack.name));
    const current = after.packs.find((pack) => pack.id === id && isNamed(pack.name));
    if (old && !current) lines.push(`pack ${id} vanished`);
    if (!old && current) lines.push(`pack ${id} appeared`);
    if (!old || !current) continue;
    const [wasFailed, isFailed] = [old, current].map(({ state }) => state === 'CREATE_FAILED');
    if (isFailed && !wasFailed) lines.push(`pack ${id} worse`);
    else if (wasFailed && !isFailed) lines.push(`pack ${id} better`);
    else if (old.percent !== undefined && current.percent !== undefined && old.percent !== current.percent)
      lines.push(`pack ${id} ${old.percent > current.percent ? 'worse' : 'better'}`);
  }
  return lines;
}

function expectRules(before: EstateAt, after: EstateAt): string[] {
  const lines: string[] = [];
  for (const id of ['id1', 'id2', 'id3', 'id4']) {
    if (!before.read.rules.includes(id) || !after.read.rules.includes(id)) continue;
    const old = before.packs.find((pack) => pack.id === id)?.rules;
    const current = after.packs.find((pack) => pack.id === id)?.rules;
    if (!old || !current) continue;
    for (const name of ['r1', 'r2', 'r3']) {
      const [oldRule, currentRule] = [
        old.find((rule) => rule.name === name),
        current.find((rule) => rule.name === name),
      ];
      if (oldRule && !currentRule) lines.push(`rule ${id} ${name} vanished`);
      if (!oldRule && currentRule) lines.push(`rule ${id} ${name} appeared`);
      if (!oldRule || !currentRule) continue;
      const verdict = judge(
        oldRule.compliance,
        currentRule.compliance,
        oldRule.failing.length,
        currentRule.failing.length,
      );
      if (verdict) lines.push(`rule ${id} ${name} ${verdict}`);
      for (const type of ['AWS::S3::Bucket', 'AWS::EC2::Volume'])
        for (const resource of ['a', 'b', 'c']) {
          const fails = (rule: typeof oldRule) =>
            rule.failing.some((each) => each.type === type && each.id === resource);
          if (fails(oldRule) !== fails(currentRule))
            lines.push(`resource ${name} ${type} ${resource} ${fails(currentRule) ? 'fails' : 'fails no longer'}`);
        }
    }
  }
  return lines;
}

function expectRows(before: EstateAt, after: EstateAt): string[] {
  const lines: string[] = [];
  const everything = [before, after].flatMap(({ rows }) => rows);
  const places = new Map(everything.map(({ account, region }) => [`${account}/${region}`, { account, region }]));
  for (const { account, region } of places.values()) {
    const readWhole = ({ read }: EstateAt) =>
      read.filters.some(
        (filter) => !filter.pack && (filter.account ?? account) === account && (filter.region ?? region) === region,
      );
    const inPlace = (estate: EstateAt) =>
      estate.rows.filter((row) => row.account === account && row.region === region && isRead(estate, row));
    const comparable = (estate: EstateAt, other: EstateAt) => inPlace(estate).filter((row) => isRead(other, row));
    const isSilent = inPlace(after).length === 0 && readWhole(after) && comparable(before, after).length > 0;
    const isNew = inPlace(before).length === 0 && readWhole(before) && comparable(after, before).length > 0;
    if (isSilent) lines.push(`${account} ${region} silent`);
    if (isNew) lines.push(`${account} ${region} reports`);
    for (const pack of ['p1', 'p2']) {
      const [old, current] = [before, after].map((estate) => inPlace(estate).find((row) => row.pack === pack));
      const key = `row ${pack} ${account} ${region}`;
      if (old && !current && isRead(after, old) && !isSilent) lines.push(`${key} vanished`);
      if (!old && current && isRead(before, current) && !isNew) lines.push(`${key} appeared`);
      const verdict =
        old && current && judge(old.compliance, current.compliance, old.nonCompliantRules, current.nonCompliantRules);
      if (verdict) lines.push(`${key} ${verdict}`);
    }
  }
  return lines;
}

const isRead = ({ read }: EstateAt, row: EstateAt['rows'][number]): boolean =>
  read.filters.some((filter) => matches(row, filter));

function judge(before: string | undefined, after: string | undefined, failedBefore: number, failed: number) {
  if (before === after && failedBefore !== failed) return failed > failedBefore ? 'worse' : 'better';
  if (before === 'COMPLIANT' && after === 'NON_COMPLIANT') return 'worse';
  return before === 'NON_COMPLIANT' && after === 'COMPLIANT' ? 'better' : undefined;
}

/** The changes found, as the same lines. */
function listChanges({ packs, rules, aggregators }: ScopeChanges): string[] {
  const idsByName = (names: ScopeChanges['packs']) =>
    (names?.changes ?? []).map(({ direction, before, after }) => `pack ${(after ?? before)?.id} ${direction}`);
  return [
    ...idsByName(packs),
    ...rules.flatMap(({ packId, changes, resources }) => [
      ...changes.map(({ direction, before, after }) => `rule ${packId} ${(after ?? before)?.name} ${direction}`),
      ...resources.flatMap(({ rule, nowFailing, noLongerFailing }) => [
        ...nowFailing.map(({ type, id }) => `resource ${rule} ${type} ${id} fails`),
        ...noLongerFailing.map(({ type, id }) => `resource ${rule} ${type} ${id} fails no longer`),
      ]),
    ]),
    ...aggregators.flatMap(({ changes, noLongerReporting, newlyReporting }) => [
      ...changes.map(({ direction, before, after }) => {
        const row = after ?? before;
        return `row ${row?.pack} ${row?.account} ${row?.region} ${direction}`;
      }),
      ...noLongerReporting.map(({ account, region }) => `${account} ${region} silent`),
      ...newlyReporting.map(({ account, region }) => `${account} ${region} reports`),
    ]),
  ].sort();
}

describe('compareScope', () => {
  it('finds what an independent comparison finds, and infers nothing from what was not read', () => {
    fc.assert(
      fc.property(estateAt, estateAt, estateAt, (before, after, other) => {
        const changes = compareScope(
          scope,
          [...toVisits(other, then, otherScope), ...toVisits(before, then)],
          [...toVisits(after, now), ...toVisits(other, now, otherScope)],
        );
        assert.deepEqual(listChanges(changes), expectChanges(before, after));
      }),
      { numRuns: 500 },
    );
  });

  it('finds the same after the earlier estate was stored and read by a new session', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'packscope-history-'));
    try {
      let run = 0;
      await fc.assert(
        fc.asyncProperty(estateAt, estateAt, estateAt, async (before, after, other) => {
          const problems: string[] = [];
          const open = () =>
            new HistoryFiles(
              join(folder, `${run}`),
              (message) => problems.push(message),
              () => now,
            );
          run += 1;
          const writing = open();
          for (const visit of [...toVisits(before, then), ...toVisits(other, then, otherScope)])
            await writing.write(visit);
          const restored = await readLatestVisits(open(), scope, then);
          assert.deepEqual(
            listChanges(compareScope(scope, restored, toVisits(after, now))),
            expectChanges(before, after),
          );
          assert.deepEqual(problems, []);
        }),
        { numRuns: 40 },
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('takes each row from the latest reading that covers it', () => {
    const row = { pack: 'p1', account: '111122223333', region: 'us-east-1', compliance: 'COMPLIANT' };
    const counts = { compliantRules: 1, nonCompliantRules: 0, totalRules: 1 };
    const read = (readAt: number, filter: { account?: string }, compliance?: string) => ({
      scope,
      readAt,
      kind: 'rows' as const,
      aggregator,
      filter,
      rows: compliance === undefined ? [] : [{ ...row, ...counts, compliance }],
    });
    const before = [read(then, {}, 'COMPLIANT'), read(then + 1, { account: row.account }, 'NON_COMPLIANT')];
    const { aggregators } = compareScope(scope, before, [read(now, {}, 'NON_COMPLIANT')]);
    assert.deepEqual(aggregators[0]?.changes, []);
    // The pack was gone already.
    const gone = [read(then, {}, 'COMPLIANT'), read(then + 1, { account: row.account })];
    assert.deepEqual(compareScope(scope, gone, [read(now, {})]).aggregators[0]?.noLongerReporting, []);
  });

  it('does not compare rows with a reading that is not newer', () => {
    const row = { account: '111122223333', region: 'us-east-1', compliance: 'COMPLIANT' };
    const counts = { compliantRules: 1, nonCompliantRules: 0, totalRules: 1 };
    const read = (readAt: number, filter: { pack?: string }, ...packs: string[]) => ({
      scope,
      readAt,
      kind: 'rows' as const,
      aggregator,
      filter,
      rows: packs.map((name) => ({ ...row, ...counts, pack: name })),
    });
    const earlier = read(then, {}, 'p1', 'p2', 'p3');
    const later = read(now, { pack: 'p1' });
    const changes = compareScope(scope, [earlier], [earlier, later]);
    assert.deepEqual(
      changes.aggregators.map((each) => each.changes.map(({ direction, before }) => `${before?.pack} ${direction}`)),
      [['p1 vanished']],
    );
    assert.deepEqual(
      changes.notCompared.flatMap(({ listId, reason }) => (listId.kind === 'rows' ? reason : [])),
      [{ kind: 'rowsNotReadSince', rows: 2 }],
    );
    // A later reading on the earlier side.
    const older = read(then - 1, {}, 'p1');
    assert.deepEqual(compareScope(scope, [earlier], [older]).aggregators, []);
  });

  it('says why something is not compared', () => {
    const reading = { scope, readAt: then, kind: 'packs' as const, packs: [] };
    const gap = { scope, readAt: now, listId: { kind: 'packs' as const }, reason: 'Access denied' };
    const getReasons = (changes: ScopeChanges) => changes.notCompared.map(({ reason }) => reason);
    assert.deepEqual(getReasons(compareScope(scope, [], [{ ...reading, readAt: now }])), [{ kind: 'notReadThen' }]);
    assert.deepEqual(getReasons(compareScope(scope, [reading], [])), [{ kind: 'notReadNow' }]);
    assert.deepEqual(getReasons(compareScope(scope, [reading], [reading])), [{ kind: 'notReadSince' }]);
    const rows = { scope, readAt: then, kind: 'rows' as const, aggregator, filter: {}, rows: [] };
    assert.deepEqual(compareScope(scope, [rows], [rows]).aggregators, []);
    assert.deepEqual(getReasons(compareScope(scope, [reading, rows], [reading, rows])), [
      { kind: 'notReadSince' },
      { kind: 'notReadSince' },
    ]);
    assert.deepEqual(getReasons(compareScope(scope, [reading], [gap])), [
      { kind: 'gap', when: 'now', at: now, reason: 'Access denied' },
    ]);
  });
});
