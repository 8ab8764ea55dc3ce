/** Where a wrong value of the configuration comes from. Lines are counted from 1. */
export type ValueOrigin =
  | {
      readonly kind: 'file';
      readonly file: string;
      readonly line: number;
      readonly profile?: string;
      readonly key?: string;
    }
  | { readonly kind: 'environment'; readonly variable: string }
  | { readonly kind: 'setting'; readonly setting: string };

/** The region that requests of a connection go to, and where it is set. */
export interface RegionInForce {
  readonly region: string;
  readonly origin: ValueOrigin | undefined;
}

/** The evidence behind an error. Messages include it, and never claim more. */
export interface ErrorDetails {
  /** The AWS operation, such as `DescribeConformancePackStatus`. */
  readonly operation?: string;
  /** What could not be read, such as `scores`. Absent if the operation tells; see `getSubject`. */
  readonly subject?: string;
  /** Other operations that failed for the same cause; see `mergeByCause`. */
  readonly otherOperations?: readonly string[];
  /** The service that was asked, such as `config`, `sts`, `sso` or `sso-oidc`. */
  readonly service?: string;
  /** The HTTP status of the response. */
  readonly status?: number;
  /** The service's name of the error, such as `ThrottlingException`. */
  readonly errorName?: string;
  readonly requestId?: string;
  /** The missing IAM action, such as `config:DescribeConformancePackStatus`. */
  readonly permission?: string;
  /** Whether a policy denies the request or a required one does not allow it. Absent if the user's own policies lack an allow. */
  readonly denial?: 'explicit' | 'implicit';
  /** The kind of the policy behind `denial` if AWS names it, such as `service control policy`. */
  readonly policy?: string;
  readonly region?: string;
  /** The account of the credentials, if known. */
  readonly account?: string;
  /** Whether credentials with a session token were rejected. Absent if unknown. */
  readonly hasSessionToken?: boolean;
  /** Minutes that this computer's clock is ahead of AWS, negative if it is behind. Absent if unknown. */
  readonly clockSkewMinutes?: number;
  /** FIPS or dual-stack, if the host of such an endpoint was not found. */
  readonly endpointVariant?: 'FIPS' | 'dual-stack';
  /** Host and port of the proxy. */
  readonly proxy?: string;
  /** Where the wrong value of the configuration comes from. */
  readonly origin?: ValueOrigin;
  /** The wrong value of the configuration, if it is no secret. */
  readonly value?: string;
}
