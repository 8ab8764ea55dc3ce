import type { AggregateRow } from '../../compliance/model.ts';
import type { PackMatch } from '../../compliance/packRef.ts';

/** A pack as commands return it: JSON without members for missing values. */
export interface PackResult {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** The published score, 0–100. */
  readonly score?: number;
  /** The deployment's state, such as `CREATE_COMPLETE`. */
  readonly state?: string;
  /** Why the deployment failed. */
  readonly reason?: string;
  /** Epoch milliseconds. */
  readonly readAt?: number;
}

export function toPackResult({ scope, pack, readAt }: PackMatch): PackResult {
  const { score, deployment } = pack;
  return {
    name: pack.name,
    account: scope.account,
    region: scope.region,
    ...(score?.percent !== undefined && { score: score.percent }),
    ...(deployment && { state: deployment.state }),
    ...(deployment?.reason !== undefined && { reason: deployment.reason }),
    ...(readAt !== undefined && { readAt }),
  };
}

/** An aggregator's row as commands return it: counts of rules, never a score. */
export interface RowResult extends Omit<AggregateRow, 'pack'> {
  readonly name: string;
  /** Epoch milliseconds. */
  readonly readAt?: number;
}

export const toRowResult = ({ pack, ...row }: AggregateRow, readAt: number | undefined): RowResult => ({
  name: pack,
  ...row,
  ...(readAt !== undefined && { readAt }),
});
