import type { AggregateRow, Pack } from '../../compliance/model.ts';
import type { Place } from '../tree/nodes.ts';

/** A pack of a connection's own scope that a question found. */
export interface FoundPack extends Place {
  readonly pack: Pack;
  /** When it was read, epoch milliseconds. */
  readonly readAt: number | undefined;
}

/** A pack as a command returns it: plain data, where what is not known is absent. */
export interface PackAnswer {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** The published score, 0–100. */
  readonly score?: number;
  /** The deployment's state, such as `CREATE_COMPLETE`. */
  readonly state?: string;
  /** Why a deployment failed. */
  readonly reason?: string;
  /** Epoch milliseconds. */
  readonly readAt?: number;
}

export function packAnswer({ scope, pack, readAt }: FoundPack): PackAnswer {
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

/** An aggregator's row as a command returns it: counts of rules, never a score. */
export interface RowAnswer extends Omit<AggregateRow, 'pack'> {
  readonly name: string;
  /** Epoch milliseconds. */
  readonly readAt?: number;
}

export const rowAnswer = ({ pack, ...row }: AggregateRow, readAt: number | undefined): RowAnswer => ({
  name: pack,
  ...row,
  ...(readAt !== undefined && { readAt }),
});
