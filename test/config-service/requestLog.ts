/** A completed request. */
export interface RequestRecord {
  readonly at: Date;
  /** The operation as the request named it; it may not exist. */
  readonly operation: string;
  /** Absent if the signature was refused or not checked. */
  readonly account?: string;
  readonly region?: string;
  readonly input?: unknown;
  /** The HTTP status; 0 if the connection was reset. */
  readonly status: number;
  readonly error?: string;
  /** The number of rows in the response. */
  readonly rows: number;
}

/** A request in the log with the time it was in flight, in milliseconds of `performance.now()`. */
export interface LoggedRequest extends RequestRecord {
  readonly receivedAt: number;
  readonly answeredAt: number;
}

/** Every request since the start or the last `clear()`, in the order of their responses. */
export class RequestLog extends Array<LoggedRequest> {
  /** Methods such as `filter` and `map` return plain arrays. */
  static override get [Symbol.species]() {
    return Array;
  }

  /** Returns the number of requests, of one operation or of all. */
  count(operation?: string): number {
    return operation === undefined ? this.length : this.filter((record) => record.operation === operation).length;
  }

  clear(): void {
    this.length = 0;
  }
}
