/** A resource that is excepted from a rule's remediation (DescribeRemediationExceptions). It still counts as failing. */
export interface RemediationException {
  readonly resourceType: string;
  readonly resourceId: string;
  readonly message: string | undefined;
  /** When the exception ends, epoch milliseconds; undefined if it does not. */
  readonly expiresAt: number | undefined;
}

/** A resource that AWS Config records, with its tags (SelectResourceConfig). */
export interface TaggedResource {
  readonly resourceType: string;
  readonly resourceId: string;
  readonly tags: ReadonlyMap<string, string>;
}

/** How the last evaluations of a rule ended (DescribeConfigRuleEvaluationStatus). Times are epoch milliseconds. */
export interface EvaluationStatus {
  readonly rule: string;
  readonly succeededAt: number | undefined;
  readonly failedAt: number | undefined;
  /** The message of the last failed evaluation. */
  readonly error: string | undefined;
}

/** The members that identify a resource. */
export type ResourceKey = Pick<TaggedResource, 'resourceType' | 'resourceId'>;

/** Identifies a resource within an account and region. */
export const getResourceKey = ({ resourceType, resourceId }: ResourceKey): string =>
  JSON.stringify([resourceType, resourceId]);
