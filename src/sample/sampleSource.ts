import { join } from 'node:path';
import { ComplianceError } from '../compliance/errors.ts';
import type {
  AggregateRow,
  Aggregator,
  ComplianceType,
  Deployment,
  Evaluation,
  PackCount,
  Rule,
  Scope,
  Score,
  SummaryKey,
  UnhealthySource,
} from '../compliance/model.ts';
import type {
  ComplianceSource,
  OrganizationSource,
  PackOrder,
  Page,
  PageRequest,
  ResourceSource,
  RowFilter,
} from '../compliance/source.ts';
import { readSampleData, type SampleData, type SamplePack } from './sampleData.ts';
import { toPage } from './samplePage.ts';
import { countRules, getPackCompliance, hasResults, isDeployed, SampleTables } from './sampleTables.ts';

/** No AWS console has the sample, so links to it are left out. */
const partition = 'sample';

/** Answers from sample data as AWS Config does, without a request. Every list is one page. */
export class SampleSource implements ComplianceSource {
  readonly #data: SampleData;
  readonly #tables: SampleTables;

  /** `now`: the time at which the ages in the sample are right, epoch milliseconds. */
  constructor(data: SampleData, now: number) {
    this.#data = data;
    this.#tables = new SampleTables(data, now);
  }

  /** Opens the file that the build wrote to the extension's folder. */
  static async open(folder: string): Promise<SampleSource> {
    return new SampleSource(await readSampleData(join(folder, 'dist', 'sample.json.br')), Date.now());
  }

  /** Templates that name packs of the sample, by file name. */
  get templates(): Readonly<Record<string, string>> {
    return this.#data.templates;
  }

  async getScope(): Promise<Scope> {
    return { ...this.#data.home, partition };
  }

  async getCallerArn(): Promise<string> {
    throw new ComplianceError('signedOut', 'Nobody signs in to sample data.');
  }

  async listScores(
    _request: PageRequest,
    { by, descending }: PackOrder,
    names?: readonly string[],
  ): Promise<Page<Score>> {
    const scores = this.#listHomePacks(names)
      .filter(hasResults)
      .map(
        ({ name, score, scoredAt }): Score => ({
          pack: name,
          percent: score,
          text: undefined,
          updatedAt: this.#tables.toTime(scoredAt),
        }),
      );
    // Packs without a score follow the others in ascending order.
    const getPercent = ({ percent = 1000 }: Score) => (by === 'score' ? percent : 0);
    scores.sort((a, b) => getPercent(a) - getPercent(b) || (a.pack < b.pack ? -1 : 1));
    return toPage(descending ? scores.reverse() : scores);
  }

  async listDeployments(_request: PageRequest, names?: readonly string[]): Promise<Page<Deployment>> {
    const { account, region } = this.#data.home;
    return toPage(
      this.#listHomePacks(names).map(
        ({ name, id, state, reason, requestedAt, completedAt }): Deployment => ({
          pack: name,
          id,
          arn: `arn:aws:config:${region}:${account}:conformance-pack/${name}/${id}`,
          state,
          reason,
          stackArn: `arn:aws:cloudformation:${region}:${account}:stack/awsconfigconforms-${name}-${id}/${id}`,
          requestedAt: this.#tables.toTime(requestedAt),
          completedAt: completedAt === undefined ? undefined : this.#tables.toTime(completedAt),
        }),
      ),
    );
  }

  async listRules(_request: PageRequest, name: string): Promise<Page<Rule>> {
    const rules = this.#tables.locateRules(this.#findHomePack(name));
    return toPage(rules.map(({ name, compliance, controls }) => ({ name, compliance, controls })));
  }

  async listEvaluations(_request: PageRequest, name: string, compliance: ComplianceType): Promise<Page<Evaluation>> {
    return toPage(this.#tables.listEvaluations(this.#findHomePack(name), compliance));
  }

  async listAggregators(): Promise<Page<Aggregator>> {
    return toPage(this.#data.aggregators.map(({ name, arn, sources }) => ({ name, arn, sources })));
  }

  async listUnhealthySources(_request: PageRequest, aggregator: string): Promise<Page<UnhealthySource>> {
    const { unhealthySources } = this.#tables.getAggregator(aggregator);
    return toPage(
      unhealthySources.map((source) => ({
        ...source,
        ...(source.updatedAt !== undefined && { updatedAt: this.#tables.toTime(source.updatedAt) }),
      })),
    );
  }

  async listPackCounts(
    _request: PageRequest,
    aggregator: string,
    by: SummaryKey,
    { account, region }: RowFilter,
  ): Promise<Page<PackCount>> {
    const { accounts, regions } = this.#tables.getAggregator(aggregator);
    const groups = (by === 'account' ? accounts : regions).filter(
      (name) => name === ((by === 'account' ? account : region) ?? name),
    );
    const packs = this.#tables.listAggregated(aggregator, { account, region });
    const count = (name: string, compliance: ComplianceType) =>
      packs.filter((pack) => pack[by] === name && getPackCompliance(pack) === compliance).length;
    return toPage(
      groups.map((name) => ({
        name,
        compliantPacks: count(name, 'COMPLIANT'),
        nonCompliantPacks: count(name, 'NON_COMPLIANT'),
      })),
    );
  }

  async listRows(_request: PageRequest, aggregator: string, filter: RowFilter): Promise<Page<AggregateRow>> {
    return toPage(
      this.#tables
        .listAggregated(aggregator, filter)
        .map((pack) => ({
          pack: pack.name,
          account: pack.account,
          region: pack.region,
          compliance: getPackCompliance(pack),
          ...countRules(pack),
        }))
        .filter(({ compliance }) => compliance === (filter.compliance ?? compliance)),
    );
  }

  async listOrganizationPackNames(request: PageRequest, pack: string, account: string): Promise<Page<string>> {
    const { items } = await this.requestOrganization(request.signal, (source) =>
      source.listOrganizationRollout(request, pack, { account }),
    );
    const deployed = items.filter(({ state }) => state !== 'DELETE_SUCCESSFUL');
    return toPage(deployed.flatMap(({ deployedName = [] }) => deployedName));
  }

  async requestOrganization<T>(_signal: AbortSignal, send: (source: OrganizationSource) => Promise<T>): Promise<T> {
    const { createSampleOrganization } = await import('./sampleOrganization.ts');
    return send(createSampleOrganization(this.#data, this.#tables));
  }

  async requestResources<T>(_signal: AbortSignal, send: (source: ResourceSource) => Promise<T>): Promise<T> {
    const empty = async () => toPage([]);
    const selectTags = async () => {
      throw new ComplianceError('notInSample', 'The sample has no tags.');
    };
    return send({ listExceptions: empty, selectTags, listEvaluationStatuses: empty });
  }

  /** The deployed packs of the home account and region, or those with one of the names. */
  #listHomePacks(names?: readonly string[]): readonly SamplePack[] {
    const { account, region } = this.#data.home;
    return this.#data.packs.filter(
      (pack) =>
        pack.account === account &&
        pack.region === region &&
        isDeployed(pack) &&
        (names === undefined || names.includes(pack.name)),
    );
  }

  #findHomePack(name: string): SamplePack {
    const [pack] = this.#listHomePacks([name]);
    if (!pack) throw new ComplianceError('packNotFound', `The sample has no pack ${name}.`);
    return pack;
  }
}
