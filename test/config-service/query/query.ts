/** A scalar in an expression and in the properties of configuration items. */
export type Scalar = string | number | boolean;

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'in'; readonly property: string; readonly values: readonly Scalar[] }
  | { readonly kind: 'startsWith'; readonly property: string; readonly prefix: string };

/** The name of the column with the number of items. */
export const countColumn = 'COUNT(*)';

/** An advanced query: the subset of AWS's SQL that selects, filters, counts and sorts. */
export interface Query {
  /** Names of properties, and `countColumn`. */
  readonly columns: readonly string[];
  readonly where?: Condition;
  readonly groupBy: readonly string[];
  readonly orderBy: readonly { readonly column: string; readonly descending: boolean }[];
}

/** Whether a query returns groups of items instead of items. */
export const isGrouped = ({ columns, groupBy }: Query): boolean => groupBy.length > 0 || columns.includes(countColumn);
