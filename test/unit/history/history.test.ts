import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import exportSchema from '../../../media/export.schema.json' with { type: 'json' };
import { captureVisits } from '../../../src/compliance/history/captureVisits.ts';
import { History } from '../../../src/compliance/history/history.ts';
import { isGap } from '../../../src/compliance/history/reading.ts';
import { resolveConnections } from '../../../src/compliance/queries/lookup.ts';
import { formatChangesDocument } from '../../../src/compliance/text/changesText.ts';
import { createQuery } from '../../../src/reports/exportQuery.ts';
import { exportText } from '../../../src/reports/exportText.ts';
import { type FormatName, formats } from '../../../src/reports/formats.ts';
import { HistoryFiles } from '../../../src/storage/historyFiles.ts';
import { canLoadMore, findComparable, readChanges } from '../../../src/views/history/changesReader.ts';
import { toChangesResult } from '../../../src/views/history/changesResult.ts';
import { OverviewReaders } from '../../../src/views/organization/overviewReaders.ts';
import { getLabel } from '../../../src/views/tree/item/labels.ts';
import { getTooltipLines } from '../../../src/views/tree/item/tooltipText.ts';
import { assertGolden } from '../../support/golden.ts';
import { type OpenTree, withTree } from '../../support/tree/openTree.ts';
import { type Schema, validateSchema } from '../reports/schema.ts';

const day = 86_400_000;
const s3 = 'operational-best-practices-for-amazon-s3';

/** Times of readings and ids of deployments differ in each run. */
const maskTimes = (text: string): string => text.replace(/\d{4}-\d{2}-\d{2} \d{2}:\d{2} UTC/g, '<time>');

describe('History', () => {
  let folder: string;
  let problems: string[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'packscope-history-'));
    problems = [];
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
    assert.deepEqual(problems, []);
  });

  /** Opens the window that many days after today: readings of today are then those of an earlier day. */
  const open = ({ estate }: OpenTree, daysLater = 0, startedAt = Date.now() + daysLater * day) =>
    new History({
      startedAt,
      storage: new HistoryFiles(folder, (message) => problems.push(message)),
      estate,
      onDidLoad: () => {},
      now: () => Date.now() + daysLater * day,
    });

  const close = (history: History) => {
    history.dispose();
    return history.flush();
  };

  const show = async ({ shown }: OpenTree) => {
    shown.open();
    await shown.waitUntilIdle();
  };

  /** Reads the packs, and the rules of one of them, in a first session. */
  async function runFirstSession(tree: OpenTree): Promise<void> {
    const history = open(tree);
    await show(tree);
    await tree.estate.getStore({}).getRuleList(s3).loadAll();
    await close(history);
  }

  /** Reads all rows of an aggregator, as an overview does. */
  async function readOverview({ estate }: OpenTree, history: History): Promise<void> {
    const recorded = Promise.withResolvers<void>();
    const readers = new OverviewReaders(async () => {
      setImmediate(() => recorded.resolve());
      return history;
    });
    readers.get(estate.getStore({}), 'organization').load();
    await recorded.promise;
    await history.flush();
  }

  const compare = async (tree: OpenTree, history: History, since: 'lastVisit' | Date, everything = false) => {
    const stores = [tree.estate.getStore({})];
    const comparable = await findComparable(history, stores, {});
    return readChanges(history, comparable, { since, now: Date.now(), everything });
  };

  it('compares scores with the last visit before today, in rows and tooltips', () =>
    withTree({}, async (tree) => {
      await runFirstSession(tree);
      const { account, region } = tree.service.estate.home;
      tree.service.estate.fixRule(account, region, s3, 's3-bucket-ssl-requests-only');
      tree.reopen();
      const history = open(tree, 1);
      await show(tree);
      await history.loadBaselines();
      const changes = tree.shown.nodesOfKind('pack').flatMap((node) => {
        const scoreChange = history.getScoreChange(node.scope, node.pack);
        return scoreChange ? { ...node, scoreChange } : [];
      });
      assert.deepEqual(
        changes.map(({ pack }) => pack.name),
        [s3],
      );
      const [node] = changes;
      assert(node);
      assert.match(getLabel(node).spoken ?? '', /^75\.4%, up \d+\.\d points since \d\d:\d\d$/);
      assert.match(getLabel(node).description, /^75\.4% ▲ \d+\.\d since \d\d:\d\d$/);
      const tooltip = getTooltipLines(node, Date.now() + day);
      assert.match(
        tooltip[2] ?? '',
        /^Up \d+\.\d points since \d+ \w+, your last visit before today \(\d+\.\d% then\)$/,
      );
      await close(history);
    }));

  it('compares the rows of an aggregator with the last visit', () =>
    withTree({}, async (tree) => {
      const { estate } = tree.service;
      const openRows = (filter = {}) => tree.estate.getStore({}).getAggregateRows('organization', filter).loadAll();
      const first = open(tree);
      await show(tree);
      await openRows();
      await close(first);
      const { account, region } = estate.home;
      estate.fixRule(account, region, s3, 's3-bucket-ssl-requests-only');
      tree.reopen();
      const history = open(tree, 1);
      await show(tree);
      await openRows();
      await history.loadBaselines();
      const scope = { account, region };
      const { rows } = tree.estate.getStore({}).getAggregateRows('organization', {});
      const changes = rows.flatMap((row) => history.getRowChange(scope, 'organization', row) ?? []);
      assert.deepEqual(
        changes.map(({ rules, before }) => ({ rules, before })),
        [{ rules: -1, before: 5 }],
      );
      const changed = rows.find(({ pack, account: of }) => pack === s3 && of === account);
      assert(changed);
      assert.equal(history.getRowChange(scope, 'another', changed), undefined);
      assert.equal(history.getRowChange({ ...scope, region: 'eu-west-1' }, 'organization', changed), undefined);
      await close(history);
    }));

  it('adds the changes to exports in every format', () =>
    withTree({}, async (tree) => {
      const runExport = async (history: History, format: FormatName) => {
        const [connection] = (await resolveConnections([tree.estate.getStore({})])).results;
        const query = createQuery(connection ? [connection] : [], { getEarlierScore: history.getEarlierScore });
        const options = { signal: new AbortController().signal, onProgress: () => {} };
        let text = '';
        for await (const chunk of exportText(query, formats[format], options)) text += chunk;
        return text;
      };
      const first = open(tree);
      await first.loadBaselines();
      assert(!(await runExport(first, 'json')).includes('earlierScore'), 'nothing to compare with');
      await close(first);
      await runFirstSession(tree);
      const { account, region } = tree.service.estate.home;
      tree.service.estate.fixRule(account, region, s3, 's3-bucket-ssl-requests-only');
      tree.reopen();
      const history = open(tree, 1);
      await show(tree);
      await history.loadBaselines();
      const document = JSON.parse(await runExport(history, 'json'));
      assert.deepEqual(validateSchema(document, exportSchema as Schema), []);
      const changed = document.rows.filter(({ scoreChange }: { scoreChange: number | null }) => scoreChange);
      assert.deepEqual(
        changed.map(({ pack }: { pack: string }) => pack),
        [s3],
      );
      for (const { score, earlierScore, scoreChange, earlierScoreReadAt } of document.rows) {
        if (score === null || earlierScore === null) assert.equal(scoreChange, null);
        else assert(Math.abs(score - earlierScore - scoreChange) < 1e-6 && earlierScoreReadAt > '2');
      }
      const [{ scoreChange, earlierScore }] = changed;
      assert.match(await runExport(history, 'csv'), new RegExp(`,${earlierScore},"[^"]+",${scoreChange},`));
      const lines = (await runExport(history, 'jsonl')).split('\n').filter((line) => line.includes('"row"'));
      assert.deepEqual(
        lines.map((line) => JSON.parse(line)),
        document.rows.map((row: object) => ({ type: 'row', ...row })),
      );
      for (const format of ['markdown', 'html'] as const) {
        const text = await runExport(history, format);
        assert.match(text, /Since last visit/);
        assert.match(text, new RegExp(`${s3}.*▲ ${scoreChange.toFixed(1)} `));
        assert.match(text, /no change/);
      }
      await close(history);
    }));

  it('has nothing to compare on the first visit', () =>
    withTree({}, async (tree) => {
      const history = open(tree);
      await show(tree);
      await history.loadBaselines();
      for (const { scope, pack } of tree.shown.nodesOfKind('pack'))
        assert.equal(history.getScoreChange(scope, pack), undefined);
      const { scopes } = await compare(tree, history, 'lastVisit');
      assert.deepEqual(
        scopes.flatMap(({ packs }) => packs ?? []),
        [],
      );
      assert.match(scopes.map((each) => toChangesResult(each).notCompared).join(), /Packs: no earlier reading/);
      await close(history);
    }));

  it('shows what changed since the last visit, rules and resources too', () =>
    withTree({}, async (tree) => {
      await runFirstSession(tree);
      const { account, region } = tree.service.estate.home;
      const { estate } = tree.service;
      estate.fixRule(account, region, s3, 's3-bucket-ssl-requests-only');
      const [deployed, recreated] = estate.packNames(estate.home).filter((name) => name !== s3);
      assert(deployed && recreated);
      estate.setDeployment(account, region, deployed, 'CREATE_FAILED', 'No recorder');
      estate.deletePack(account, region, recreated);
      estate.addPack(account, region, 'a-new-pack', [{ rule: 'iam-user-mfa-enabled', resources: 4, failing: 1 }]);
      tree.reopen();
      const history = open(tree);
      const { scopes, failures } = await compare(tree, history, 'lastVisit');
      assert.deepEqual(failures, []);
      const text = formatChangesDocument({
        title: 'Changes since the last visit',
        scopes,
        failures: [],
        writtenAt: Date.now(),
        getLink: ({ name }) => `vscode://packscope.packscope/pack?name=${name}`,
      });
      assertGolden(import.meta.url, 'changes.md', maskTimes(text));
      await close(history);
    }));

  it('stores a gap when packs could not be read, and compares with the reading before it', () =>
    withTree({}, async (tree) => {
      await runFirstSession(tree);
      tree.reopen();
      tree.service.faults = { refuse: { ListConformancePackComplianceScores: { name: 'AccessDeniedException' } } };
      const denied = open(tree);
      await show(tree);
      await denied.flush();
      const [scope] = tree.estate.getStore({}).identity.rows;
      assert(scope);
      const stored = await denied.storage.list(scope);
      assert.equal(stored.filter((visit) => visit.isGap).length, 1);
      const { scopes } = await compare(tree, denied, 'lastVisit');
      assert.match(
        scopes.map((each) => toChangesResult(each).notCompared).join(),
        /Packs: could not be read now: Not permitted/,
      );
      assert.deepEqual(
        scopes.flatMap(({ packs }) => packs ?? []),
        [],
      );
      await close(denied);
    }));

  it('compares with an earlier session if it opens after the first readings of this one', () =>
    withTree({}, async (tree) => {
      await runFirstSession(tree);
      tree.reopen();
      const startedAt = Date.now();
      await show(tree);
      const history = open(tree, 0, startedAt);
      const { scopes } = await compare(tree, history, 'lastVisit');
      const [packs] = scopes.flatMap((each) => each.packs ?? []);
      assert(packs, scopes.map((each) => toChangesResult(each).notCompared).join());
      assert(packs.times.before < startedAt);
      await close(history);
    }));

  it('does not store rules of a deleted pack as those of its successor of the same name', () =>
    withTree({}, async (tree) => {
      await show(tree);
      const store = tree.estate.getStore({});
      await store.getRuleList(s3).loadAll();
      const getRules = () =>
        captureVisits(store).flatMap((visit) => (!isGap(visit) && visit.kind === 'rules' ? visit : []));
      assert.equal(getRules().length, 1);
      const { account, region } = tree.service.estate.home;
      tree.service.estate.deletePack(account, region, s3);
      tree.service.estate.addPack(account, region, s3, [{ rule: 'iam-user-mfa-enabled', resources: 4, failing: 1 }]);
      await store.findPackList(s3).refresh();
      assert.deepEqual(getRules(), []);
      await store.getRuleList(s3).refresh();
      assert.deepEqual(
        getRules().map(({ rules }) => rules.length),
        [1],
      );
    }));

  it('stores the rows of an overview, and compares them once everything is loaded', () =>
    withTree({}, async (tree) => {
      const history = open(tree);
      await show(tree);
      await readOverview(tree, history);
      await close(history);
      const { estate } = tree.service;
      const [account = ''] = estate.accounts;
      estate.addPack(account, 'us-east-1', 'a-new-pack', [{ rule: 'iam-user-mfa-enabled', resources: 4, failing: 1 }]);
      tree.reopen();
      const later = open(tree);
      const summary = await compare(tree, later, 'lastVisit');
      assert.match(summary.scopes.map((each) => toChangesResult(each).notCompared).join(), /not read in this session/);
      assert.equal(canLoadMore(summary.scopes), true);
      const getRows = async (from: History, everything: boolean) =>
        (await compare(tree, from, 'lastVisit', everything)).scopes.flatMap(({ aggregators }) => aggregators);
      const [loaded] = await getRows(later, true);
      assert.deepEqual(
        loaded?.changes.map(({ direction, after }) => [direction, after?.pack]),
        [['appeared', 'a-new-pack']],
      );
      await close(later);

      tree.reopen();
      const third = open(tree);
      await show(tree);
      await readOverview(tree, third);
      const [read] = await getRows(third, false);
      assert.equal(read?.aggregator, 'organization', 'an overview has read them now');
      await close(third);
    }));

  it('stores each reading once', () =>
    withTree({}, async (tree) => {
      const history = open(tree);
      await show(tree);
      await history.flush();
      const [scope] = tree.estate.getStore({}).identity.rows;
      assert(scope);
      const getVisits = async () => (await history.storage.list(scope)).map(({ id }) => id).sort();
      const before = await getVisits();
      await history.flush();
      assert.deepEqual(await getVisits(), before);
      const [packs] = await Promise.all(
        (await history.storage.list(scope)).map((visit) => history.storage.read(scope, visit)),
      );
      assert(packs && !isGap(packs));
      await close(history);
    }));
});
