import { ComplianceError } from '../compliance/errors.ts';
import type { AggregateRow, ComplianceType, Evaluation, Rule } from '../compliance/model.ts';
import type { SampleAggregator, SampleData, SamplePack, SampleResults } from './sampleData.ts';

/** A rule of a pack with its results. */
export interface LocatedRule extends Rule {
  readonly compliance: ComplianceType;
  readonly pack: SamplePack;
  readonly results: SampleResults;
}

/** A pack can have results once it was created. */
export const hasResults = ({ state }: SamplePack): boolean => !/^CREATE_(IN_PROGRESS|FAILED)$/.test(state);

/** Whether a pack exists in its account and region. */
export const isDeployed = ({ state }: SamplePack): boolean => state !== 'DELETED';

const getRuleCompliance = ([, failing, passing]: SampleResults): ComplianceType => {
  if (failing.length > 0) return 'NON_COMPLIANT';
  return passing.length > 0 ? 'COMPLIANT' : 'INSUFFICIENT_DATA';
};

/** Counts a pack's rules by their compliance. */
export function countRules({
  rules,
}: SamplePack): Pick<AggregateRow, 'compliantRules' | 'nonCompliantRules' | 'totalRules'> {
  const count = (compliance: ComplianceType) => rules.filter((each) => getRuleCompliance(each) === compliance).length;
  return { compliantRules: count('COMPLIANT'), nonCompliantRules: count('NON_COMPLIANT'), totalRules: rules.length };
}

/** The compliance of a pack as an aggregator reports it: that of its worst rule with a result. */
export function getPackCompliance(pack: SamplePack): ComplianceType {
  const { compliantRules, nonCompliantRules } = countRules(pack);
  if (nonCompliantRules > 0) return 'NON_COMPLIANT';
  return compliantRules > 0 ? 'COMPLIANT' : 'INSUFFICIENT_DATA';
}

/** The rows of sample data, derived from its packs. */
export class SampleTables {
  readonly #data: SampleData;
  /** What is added to the stored times, in milliseconds. */
  readonly #shift: number;

  /** `now`: the time at which the stored ages are right, epoch milliseconds. */
  constructor(data: SampleData, now: number) {
    this.#data = data;
    this.#shift = now - data.createdAt;
  }

  /** Converts a stored time to epoch milliseconds. */
  toTime(stored: number): number {
    return stored + this.#shift;
  }

  /** Throws `aggregatorNotFound` for an unknown name. */
  getAggregator(name: string): SampleAggregator {
    const aggregator = this.#data.aggregators.find((each) => each.name === name);
    if (!aggregator) throw new ComplianceError('aggregatorNotFound', `The sample has no aggregator ${name}.`);
    return aggregator;
  }

  /** The packs with results that an aggregator collects, ordered by account, region and name. */
  listAggregated(
    aggregator: string,
    filter: { readonly pack?: string; readonly account?: string | undefined; readonly region?: string | undefined },
  ): readonly SamplePack[] {
    const { accounts, regions } = this.getAggregator(aggregator);
    return this.#data.packs.filter(
      (pack) =>
        hasResults(pack) &&
        accounts.includes(pack.account) &&
        regions.includes(pack.region) &&
        pack.name === (filter.pack ?? pack.name) &&
        pack.account === (filter.account ?? pack.account) &&
        pack.region === (filter.region ?? pack.region),
    );
  }

  /** A pack's rules, ordered by name. */
  locateRules(pack: SamplePack): readonly LocatedRule[] {
    return pack.rules.flatMap((results) => {
      const rule = this.#data.rules[results[0]];
      if (!rule) return [];
      const name = `${rule.name}-${pack.id}`;
      return [{ name, compliance: getRuleCompliance(results), controls: rule.controls, pack, results }];
    });
  }

  /** A pack's results with this compliance. */
  listEvaluations(pack: SamplePack, compliance: ComplianceType): readonly Evaluation[] {
    return this.locateRules(pack).flatMap((rule) => this.listResults(rule, compliance));
  }

  /** A rule's results with this compliance. */
  listResults({ name, pack, results }: LocatedRule, compliance: ComplianceType): readonly Evaluation[] {
    const [index, failing, passing] = results;
    const rule = this.#data.rules[index];
    if (!rule || compliance === 'INSUFFICIENT_DATA') return [];
    return (compliance === 'NON_COMPLIANT' ? failing : passing).map((resourceId) => ({
      rule: name,
      resourceType: rule.resourceType,
      resourceId,
      compliance,
      annotation: compliance === 'NON_COMPLIANT' ? rule.annotation : undefined,
      evaluatedAt: this.toTime(pack.scoredAt),
    }));
  }
}
