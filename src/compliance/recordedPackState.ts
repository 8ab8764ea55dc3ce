/** A state of a pack that AWS Config has recorded (GetResourceConfigHistory). It has no score. */
export interface RecordedPackState {
  /** When it was recorded, epoch milliseconds. */
  readonly at: number;
  /** A `ComplianceType`, or another value as it came. */
  readonly compliance: string | undefined;
  /** Undefined if the item has no counts, such as that of a deleted pack. */
  readonly compliantRules: number | undefined;
  /** Includes rules with insufficient data. */
  readonly totalRules: number | undefined;
}
