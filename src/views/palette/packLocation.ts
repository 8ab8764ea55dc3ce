import { isAggregated, type PackLocation, type PackRef } from '../../compliance/packRef.ts';

/** A pack or one of its rules, in links and arguments. */
export interface LinkTarget extends PackLocation {
  /** The deployed name. */
  readonly rule?: string;
}

export const getPackLocation = (pack: PackRef): PackLocation =>
  isAggregated(pack)
    ? { name: pack.row.pack, account: pack.row.account, region: pack.row.region }
    : { name: pack.name, account: pack.scope.account, region: pack.scope.region };
