import type { Filter } from '../../../src/compliance/filter.ts';
import type { PackOrder } from '../../../src/compliance/source.ts';
import type { TreeNode } from '../../../src/views/tree/model/nodes.ts';
import type { TreeQuery } from '../../../src/views/tree/model/treeQuery.ts';
import { getEvaluation } from '../../config-service/estate/evaluations.ts';
import type { ConfigService } from '../../config-service/index.ts';

type Estate = ConfigService['estate'];
type Pack = NonNullable<ReturnType<Estate['pack']>>;
type Rule = ReturnType<Estate['rules']>[number];

interface Scope {
  readonly account: string;
  readonly region: string;
}

/** Describes a node in one line, in the format of `expectedTree`. */
export function describeNode(node: TreeNode): string {
  switch (node.kind) {
    case 'scope':
      return `scope ${node.scope.account} ${node.scope.region}`;
    case 'pack':
      return `pack ${node.pack.name} ${node.pack.score?.percent ?? 'none'} ${node.pack.deployment?.state}`;
    case 'rule':
      return `rule ${node.rule.name} ${node.rule.failing.length}`;
    case 'evaluation':
      return `evaluation ${node.evaluation.resourceId}`;
    case 'aggregator':
      return `aggregator ${node.aggregator.name}`;
    case 'group':
      if (node.group.by === 'status') return `group ${node.group.name} ${node.group.count?.packs}`;
      if (node.group.by === 'pack')
        return `group ${node.group.name} ${node.group.count.nonCompliant} ${node.group.count.compliant}`;
      return `group ${node.group.name} ${node.group.count.nonCompliantPacks} ${node.group.count.compliantPacks}`;
    case 'row':
      return `row ${node.row.account} ${node.row.region} ${node.row.pack} ${node.row.compliantRules}/${node.row.nonCompliantRules}/${node.row.totalRules}`;
    default:
      return node.kind;
  }
}

/** The fully expanded and loaded tree, computed from the estate. */
export function expectedTree(estate: Estate, ownScopes: readonly Scope[], query: TreeQuery): string[] {
  const { account, region } = query.filter;
  const scopes = ownScopes.filter((scope) => fits(account, scope.account) && fits(region, scope.region));
  return [
    ...scopes.flatMap((scope) => [
      `scope ${scope.account} ${scope.region}`,
      ...orNote(expectedPacks(estate, scope, query)).map(indent),
    ]),
    ...ownScopes.flatMap((scope) =>
      estate
        .aggregators(scope)
        .flatMap(({ name }) => [`aggregator ${name}`, ...expectedRows(estate, ownScopes, query).map(indent)]),
    ),
  ];
}

/** Every pack with a score in the scopes, as text, sorted. */
export const expectedScores = (estate: Estate, scopes: readonly Scope[]): string[] =>
  scopes
    .flatMap((scope) => getAllPacks(estate, scope))
    .filter((pack) => pack.state !== 'DELETED' && getPercent(estate, pack) !== undefined)
    .map((pack) => `${pack.account} ${pack.region} ${pack.name} ${getPercent(estate, pack)}`)
    .sort();

/** Every pack with a failed deployment in the scopes, as text, sorted. */
export const expectedFailures = (estate: Estate, scopes: readonly Scope[]): string[] =>
  scopes
    .flatMap((scope) => getAllPacks(estate, scope))
    .filter(({ state }) => state.endsWith('_FAILED'))
    .map(({ account, region, name, state }) => `${account} ${region} ${name} ${state}`)
    .sort();

/** Every non-compliant row of an aggregator, as text, sorted. */
export const expectedNonCompliant = (estate: Estate): string[] =>
  estate.accounts
    .flatMap((account) => estate.regions.flatMap((region) => getAllPacks(estate, { account, region })))
    .filter((pack) => hasRules(pack) && getState(estate, pack) === 'NON_COMPLIANT')
    .map(({ account, region, name }) => `${account} ${region} ${name}`)
    .sort();

function expectedPacks(estate: Estate, scope: Scope, { filter, order }: TreeQuery): string[] {
  const packs = getAllPacks(estate, scope)
    .filter(({ state }) => state !== 'DELETED')
    .map((pack) => ({ pack, percent: getPercent(estate, pack), isScored: hasRules(pack) }));
  const sign = order.descending ? -1 : 1;
  const byName = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1);
  // Packs without a score come last when the worst is first. Among themselves they are always sorted by name.
  const rank = ({ percent = 1000, isScored }: (typeof packs)[number]) => (isScored ? percent : 2000);
  packs.sort((a, b) => {
    if (order.by === 'name') return sign * byName(a.pack.name, b.pack.name);
    const bothUnscored = !a.isScored && !b.isScored;
    return sign * (rank(a) - rank(b)) || (bothUnscored ? 1 : sign) * byName(a.pack.name, b.pack.name);
  });
  return packs
    .filter(({ pack, percent }) => {
      const compliance = percent === undefined ? 'INSUFFICIENT_DATA' : percent === 100 ? 'COMPLIANT' : 'NON_COMPLIANT';
      const below = filter.scoreBelow === undefined || (percent !== undefined && percent < filter.scoreBelow);
      return below && fits(filter.compliance, compliance) && matchesName(filter, pack.name);
    })
    .flatMap(({ pack, percent }) => [
      `pack ${pack.name} ${percent ?? 'none'} ${pack.state}`,
      ...(hasRules(pack) ? expectedRules(estate, pack).map(indent) : []),
    ]);
}

/** Rules sorted by failing resources, then without data before compliant, then by name. */
function expectedRules(estate: Estate, pack: Pack): string[] {
  const rank = ({ resources, failing }: Rule) => (failing > 0 ? 0 : resources === 0 ? 1 : 2);
  return estate
    .rules(pack)
    .toSorted((a, b) => b.failing - a.failing || rank(a) - rank(b) || (a.name < b.name ? -1 : 1))
    .flatMap((rule) => [
      `rule ${rule.name} ${rule.failing}`,
      ...Array.from({ length: rule.resources }, (_, i) => getEvaluation(pack, rule, i))
        .filter(({ type }) => type === 'NON_COMPLIANT')
        .map(({ resourceId }) => `  evaluation ${resourceId}`),
    ]);
}

/** Aggregate rows have a score only if a connection has their account and region. */
function matchesScore(estate: Estate, ownScopes: readonly Scope[], { scoreBelow }: Filter, pack: Pack): boolean {
  if (scoreBelow === undefined) return true;
  const isOwn = ownScopes.some(({ account, region }) => account === pack.account && region === pack.region);
  const percent = isOwn && pack.state !== 'DELETED' ? getPercent(estate, pack) : undefined;
  return percent !== undefined && percent < scoreBelow;
}

function expectedRows(estate: Estate, ownScopes: readonly Scope[], { filter, order, groupBy }: TreeQuery): string[] {
  const all = estate.accounts
    .flatMap((account) => estate.regions.flatMap((region) => getAllPacks(estate, { account, region })))
    .filter((pack) => hasRules(pack) && fits(filter.account, pack.account) && fits(filter.region, pack.region));
  const rows = all
    .filter((pack) => matchesName(filter, pack.name) && fits(filter.compliance, getState(estate, pack)))
    .filter((pack) => matchesScore(estate, ownScopes, filter, pack));
  const toLines = (packs: readonly Pack[]) =>
    orNote(sortRows(estate, packs, order).map((pack) => describeRow(estate, pack)));
  const count = (packs: readonly Pack[], state: string) =>
    packs.filter((pack) => getState(estate, pack) === state).length;
  if (groupBy === 'none') return toLines(rows);
  if (groupBy === 'status') {
    const states = ['NON_COMPLIANT', 'INSUFFICIENT_DATA', 'COMPLIANT'].filter((state) =>
      fits(filter.compliance, state),
    );
    return states.flatMap((state) => [
      `group ${state} ${count(rows, state)}`,
      ...toLines(rows.filter((pack) => getState(estate, pack) === state)).map(indent),
    ]);
  }
  const getName = (pack: Pack) => (groupBy === 'pack' ? getBaseName(pack.name) : pack[groupBy]);
  // AWS Config counts all rows of an account or region; packs are counted from the rows that match.
  const counted = groupBy === 'pack' ? rows : all;
  const names = {
    pack: new Set(rows.map(getName)),
    account: estate.accounts.filter((name) => fits(filter.account, name)),
    region: estate.regions.filter((name) => fits(filter.region, name)),
  };
  const groups = [...names[groupBy]].flatMap((name) => {
    const packs = counted.filter((pack) => getName(pack) === name);
    const [nonCompliant, compliant] = [count(packs, 'NON_COMPLIANT'), count(packs, 'COMPLIANT')];
    if (groupBy !== 'pack' && filter.compliance === 'COMPLIANT' && compliant === 0) return [];
    if (groupBy !== 'pack' && filter.compliance === 'NON_COMPLIANT' && nonCompliant === 0) return [];
    return { name, nonCompliant, compliant };
  });
  const lines = sortGroups(groups, order).flatMap(({ name, nonCompliant, compliant }) => [
    `group ${name} ${nonCompliant} ${compliant}`,
    ...toLines(rows.filter((pack) => getName(pack) === name)).map(indent),
  ]);
  return orNote(lines);
}

/** Whether the estate has nothing to show below a node. */
export function isEmpty(estate: Estate, ownScopes: readonly Scope[], query: TreeQuery, parent: TreeNode): boolean {
  // Scores of rows come from other lists.
  const { scoreBelow, ...filter } = query.filter;
  switch (parent.kind) {
    case 'scope':
      return expectedPacks(estate, parent.scope, query).length === 0;
    case 'pack': {
      const pack = estate.pack(parent.scope, parent.pack.name);
      return !pack || estate.rules(pack).length === 0;
    }
    case 'aggregator':
      // Where counts are denied, its rows stand without groups: an account without packs is a group, but no row.
      return (
        scoreBelow !== undefined ||
        isNote(expectedRows(estate, ownScopes, { ...query, filter })) ||
        isNote(expectedRows(estate, ownScopes, { ...query, filter, groupBy: 'none' }))
      );
    case 'group': {
      const { by, name } = parent.group;
      if (by === 'pack') {
        const groups = expectedRows(estate, ownScopes, { ...query, groupBy: 'pack', filter });
        return scoreBelow !== undefined || !groups.some((line) => line.startsWith(`group ${name} `));
      }
      const group = { ...filter, [by === 'status' ? 'compliance' : by]: name };
      return (
        scoreBelow !== undefined ||
        isNote(expectedRows(estate, ownScopes, { ...query, groupBy: 'none', filter: group }))
      );
    }
    default:
      return false;
  }
}

const isNote = (lines: readonly string[]): boolean => lines.length === 1 && lines[0] === 'note';

/** Sorted by the share of rules that pass, then by failing rules, then by name; rows without a result at the good end. */
function sortRows(estate: Estate, packs: readonly Pack[], { by, descending }: PackOrder): readonly Pack[] {
  const sign = descending ? -1 : 1;
  const getText = ({ name, account, region }: Pack) => [name, account, region].join(' ');
  const byText = packs.toSorted((a, b) => (getText(a) < getText(b) ? -1 : 1));
  if (by === 'name') return descending ? byText.reverse() : byText;
  const getShare = (pack: Pack) => {
    const { compliant, nonCompliant, total } = estate.ruleCounts(pack);
    return getState(estate, pack) === 'INSUFFICIENT_DATA' ? 101 : (100 * compliant) / total - nonCompliant / 1e6;
  };
  return byText.sort((a, b) => sign * (getShare(a) - getShare(b)));
}

interface CountedGroup {
  readonly name: string;
  readonly nonCompliant: number;
  readonly compliant: number;
}

function sortGroups(groups: readonly CountedGroup[], { by, descending }: PackOrder): readonly CountedGroup[] {
  const byName = groups.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  if (by === 'name') return descending ? byName.reverse() : byName;
  const getBadness = ({ nonCompliant, compliant }: CountedGroup) =>
    nonCompliant + compliant === 0 ? -1 : nonCompliant / (nonCompliant + compliant) + nonCompliant / 1e6;
  return byName.sort((a, b) => (descending ? 1 : -1) * (getBadness(a) - getBadness(b)));
}

const getBaseName = (name: string): string => name.replace(/^OrgConformsPack-(.*)-.{8}$/, '$1');

/** Whether a node agrees with the estate, apart from values that are unknown. Nodes without data always do. */
export function isCorrect(estate: Estate, node: TreeNode): boolean {
  if (node.kind === 'pack') {
    const pack = estate.pack(node.scope, node.pack.name);
    if (!pack || pack.state === 'DELETED') return false;
    const { score, deployment } = node.pack;
    const isScoreCorrect = !score || score.text !== undefined || score.percent === getPercent(estate, pack);
    return isScoreCorrect && (!deployment || [pack.state, 'UPDATE_PAUSED'].includes(deployment.state));
  }
  if (node.kind === 'rule') {
    const pack = estate.pack(node.scope, node.pack.name);
    const rule = pack && estate.rules(pack).find(({ name }) => name === node.rule.name);
    return rule !== undefined && node.rule.failing.length <= rule.failing;
  }
  if (node.kind === 'row') {
    const pack = estate.pack(node.row, node.row.pack);
    if (!pack || !hasRules(pack) || describeRow(estate, pack) !== describeNode(node)) return false;
    const isOwn = node.row.account === node.scope.account;
    const { score } = node;
    return score === undefined || (isOwn && (score.text !== undefined || score.percent === getPercent(estate, pack)));
  }
  return true;
}

const getAllPacks = (estate: Estate, scope: Scope): Pack[] =>
  estate.packNames(scope).flatMap((name) => estate.pack(scope, name) ?? []);

const hasRules = ({ state }: Pack): boolean => !state.startsWith('CREATE_') || state === 'CREATE_COMPLETE';

function getPercent(estate: Estate, pack: Pack): number | undefined {
  const rules = hasRules(pack) ? estate.rules(pack) : [];
  const all = rules.reduce((sum, { resources }) => sum + resources, 0);
  const failing = rules.reduce((sum, rule) => sum + rule.failing, 0);
  return all === 0 ? undefined : Math.round((10000 * (all - failing)) / all) / 100;
}

function getState(estate: Estate, pack: Pack): string {
  const { compliant, nonCompliant } = estate.ruleCounts(pack);
  if (nonCompliant > 0) return 'NON_COMPLIANT';
  return compliant > 0 ? 'COMPLIANT' : 'INSUFFICIENT_DATA';
}

function describeRow(estate: Estate, pack: Pack): string {
  const { compliant, nonCompliant, total } = estate.ruleCounts(pack);
  return `row ${pack.account} ${pack.region} ${pack.name} ${compliant}/${nonCompliant}/${total}`;
}

const matchesName = ({ name, nameContains = '' }: Filter, pack: string): boolean =>
  fits(name, pack) && pack.toLowerCase().includes(nameContains.toLowerCase());

const fits = (filter: string | undefined, value: string): boolean => filter === undefined || filter === value;

const orNote = (lines: string[]): string[] => (lines.length > 0 ? lines : ['note']);

const indent = (line: string): string => `  ${line}`;
