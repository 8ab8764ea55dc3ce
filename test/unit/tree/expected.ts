import type { Filter } from '../../../src/compliance/filter.ts';
import type { TreeNode } from '../../../src/views/tree/model/nodes.ts';
import type { TreeQuery } from '../../../src/views/tree/model/treeQuery.ts';
import { evaluationOf } from '../../config-service/estate/evaluations.ts';
import type { ConfigService } from '../../config-service/index.ts';

type Estate = ConfigService['estate'];
type Pack = NonNullable<ReturnType<Estate['pack']>>;
type Rule = ReturnType<Estate['rules']>[number];

interface Place {
  readonly account: string;
  readonly region: string;
}

/** What a node shows of the estate, in one line; the same words as `expectedTree` uses. */
export function factOf(node: TreeNode): string {
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
      if (node.group.by === 'status') return `group ${node.group.name}`;
      return `group ${node.group.name} ${node.group.count.nonCompliantPacks} ${node.group.count.compliantPacks}`;
    case 'row':
      return `row ${node.row.account} ${node.row.region} ${node.row.pack} ${node.row.compliantRules}/${node.row.nonCompliantRules}/${node.row.totalRules}`;
    default:
      return node.kind;
  }
}

/** The tree with everything open and loaded, worked out from the estate alone. */
export function expectedTree(estate: Estate, places: readonly Place[], query: TreeQuery): string[] {
  const { account, region } = query.filter;
  const scopes = places.filter((place) => fits(account, place.account) && fits(region, place.region));
  return [
    ...scopes.flatMap((place) => [
      `scope ${place.account} ${place.region}`,
      ...orNote(packsOf(estate, place, query)).map(indented),
    ]),
    ...places.flatMap((place) =>
      estate
        .aggregators(place)
        .flatMap(({ name }) => [`aggregator ${name}`, ...aggregated(estate, places, query).map(indented)]),
    ),
  ];
}

function packsOf(estate: Estate, place: Place, { filter, order }: TreeQuery): string[] {
  const packs = allPacks(estate, place)
    .filter(({ state }) => state !== 'DELETED')
    .map((pack) => ({ pack, percent: percentOf(estate, pack), scored: hasRules(pack) }));
  const sign = order.descending ? -1 : 1;
  const byName = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1);
  // Unscored packs are last when the worst is first; among themselves they keep the order of their names.
  const rank = ({ percent = 1000, scored }: (typeof packs)[number]) => (scored ? percent : 2000);
  packs.sort((a, b) => {
    if (order.by === 'name') return sign * byName(a.pack.name, b.pack.name);
    const bothUnscored = !a.scored && !b.scored;
    return sign * (rank(a) - rank(b)) || (bothUnscored ? 1 : sign) * byName(a.pack.name, b.pack.name);
  });
  return packs
    .filter(({ pack, percent }) => {
      const compliance = percent === undefined ? 'INSUFFICIENT_DATA' : percent === 100 ? 'COMPLIANT' : 'NON_COMPLIANT';
      const below = filter.scoreBelow === undefined || (percent !== undefined && percent < filter.scoreBelow);
      return below && fits(filter.compliance, compliance) && namedRight(filter, pack.name);
    })
    .flatMap(({ pack, percent }) => [
      `pack ${pack.name} ${percent ?? 'none'} ${pack.state}`,
      ...(hasRules(pack) ? rulesOf(estate, pack).map(indented) : []),
    ]);
}

/** Most failing resources first, then what has no data, then what holds; equals by name. */
function rulesOf(estate: Estate, pack: Pack): string[] {
  const rank = ({ resources, failing }: Rule) => (failing > 0 ? 0 : resources === 0 ? 1 : 2);
  return estate
    .rules(pack)
    .toSorted((a, b) => b.failing - a.failing || rank(a) - rank(b) || (a.name < b.name ? -1 : 1))
    .flatMap((rule) => [
      `rule ${rule.name} ${rule.failing}`,
      ...Array.from({ length: rule.resources }, (_, i) => evaluationOf(pack, rule, i))
        .filter(({ type }) => type === 'NON_COMPLIANT')
        .map(({ resourceId }) => `  evaluation ${resourceId}`),
    ]);
}

/** A row has a score only where its account and region are a place of the person's own. */
function scoresRight(estate: Estate, places: readonly Place[], { scoreBelow }: Filter, pack: Pack): boolean {
  if (scoreBelow === undefined) return true;
  const own = places.some(({ account, region }) => account === pack.account && region === pack.region);
  const percent = own && pack.state !== 'DELETED' ? percentOf(estate, pack) : undefined;
  return percent !== undefined && percent < scoreBelow;
}

function aggregated(estate: Estate, places: readonly Place[], { filter, order, groupBy }: TreeQuery): string[] {
  const all = estate.accounts
    .flatMap((account) => estate.regions.flatMap((region) => allPacks(estate, { account, region })))
    .filter((pack) => hasRules(pack) && fits(filter.account, pack.account) && fits(filter.region, pack.region));
  const rows = all
    .filter((pack) => namedRight(filter, pack.name) && fits(filter.compliance, stateOf(estate, pack)))
    .filter((pack) => scoresRight(estate, places, filter, pack));
  if (order.by === 'name') {
    const sign = order.descending ? -1 : 1;
    rows.sort((a, b) => (a.name === b.name ? 0 : sign * (a.name < b.name ? -1 : 1)));
  }
  const lines = (of: readonly Pack[]) => orNote(of.map((pack) => rowOf(estate, pack)));
  if (groupBy === 'pack') return lines(rows);
  if (groupBy === 'status') {
    const states = ['NON_COMPLIANT', 'INSUFFICIENT_DATA', 'COMPLIANT'].filter((state) =>
      fits(filter.compliance, state),
    );
    return states.flatMap((state) => [
      `group ${state}`,
      ...lines(rows.filter((pack) => stateOf(estate, pack) === state)).map(indented),
    ]);
  }
  const names = (groupBy === 'account' ? estate.accounts : estate.regions).filter((name) =>
    fits(filter[groupBy], name),
  );
  const groups = names.flatMap((name) => {
    const inGroup = (pack: Pack) => (groupBy === 'account' ? pack.account : pack.region) === name;
    const count = (state: string) => all.filter((pack) => inGroup(pack) && stateOf(estate, pack) === state).length;
    const [bad, good] = [count('NON_COMPLIANT'), count('COMPLIANT')];
    if (filter.compliance === 'COMPLIANT' && good === 0) return [];
    if (filter.compliance === 'NON_COMPLIANT' && bad === 0) return [];
    return [`group ${name} ${bad} ${good}`, ...lines(rows.filter(inGroup)).map(indented)];
  });
  return orNote(groups);
}

/** Whether the estate has what a node shows; lines that show nothing of it are always right. */
export function isTrue(estate: Estate, node: TreeNode): boolean {
  if (node.kind === 'pack') {
    const pack = estate.pack(node.scope, node.pack.name);
    if (!pack || pack.state === 'DELETED') return false;
    const { score, deployment } = node.pack;
    return (!score || score.percent === percentOf(estate, pack)) && (!deployment || deployment.state === pack.state);
  }
  if (node.kind === 'rule') {
    const pack = estate.pack(node.scope, node.pack.name);
    const rule = pack && estate.rules(pack).find(({ name }) => name === node.rule.name);
    return rule !== undefined && node.rule.failing.length <= rule.failing;
  }
  if (node.kind === 'row') {
    const pack = estate.pack(node.row, node.row.pack);
    if (!pack || !hasRules(pack) || rowOf(estate, pack) !== factOf(node)) return false;
    const isOwn = node.row.account === node.scope.account;
    return node.score === undefined || (isOwn && node.score.percent === percentOf(estate, pack));
  }
  return true;
}

const allPacks = (estate: Estate, place: Place): Pack[] =>
  estate.packNames(place).flatMap((name) => estate.pack(place, name) ?? []);

const hasRules = ({ state }: Pack): boolean => !state.startsWith('CREATE_') || state === 'CREATE_COMPLETE';

function percentOf(estate: Estate, pack: Pack): number | undefined {
  const rules = hasRules(pack) ? estate.rules(pack) : [];
  const all = rules.reduce((sum, { resources }) => sum + resources, 0);
  const failing = rules.reduce((sum, rule) => sum + rule.failing, 0);
  return all === 0 ? undefined : Math.round((10000 * (all - failing)) / all) / 100;
}

function stateOf(estate: Estate, pack: Pack): string {
  const { compliant, nonCompliant } = estate.ruleCounts(pack);
  if (nonCompliant > 0) return 'NON_COMPLIANT';
  return compliant > 0 ? 'COMPLIANT' : 'INSUFFICIENT_DATA';
}

function rowOf(estate: Estate, pack: Pack): string {
  const { compliant, nonCompliant, total } = estate.ruleCounts(pack);
  return `row ${pack.account} ${pack.region} ${pack.name} ${compliant}/${nonCompliant}/${total}`;
}

const namedRight = ({ name, nameContains = '' }: Filter, pack: string): boolean =>
  fits(name, pack) && pack.toLowerCase().includes(nameContains.toLowerCase());

const fits = (wanted: string | undefined, value: string): boolean => wanted === undefined || wanted === value;

const orNote = (lines: string[]): string[] => (lines.length > 0 ? lines : ['note']);

const indented = (line: string): string => `  ${line}`;
