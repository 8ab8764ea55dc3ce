/** One request as it was received and answered. */
export interface RequestRecord {
  readonly at: Date;
  /** As the request named it, known or not. */
  readonly operation: string;
  /** Absent where the signature was refused or never looked at. */
  readonly account?: string;
  readonly region?: string;
  readonly input?: unknown;
  /** The HTTP status; 0 where the connection was reset instead. */
  readonly status: number;
  readonly error?: string;
  /** How many rows the answer held. */
  readonly rows: number;
}

/** A request in the log: from `receivedAt` to `answeredAt`, milliseconds of the machine's clock, it was in flight. */
export interface LoggedRequest extends RequestRecord {
  readonly receivedAt: number;
  readonly answeredAt: number;
}

/** Every request since the start or the last `clear()`, in the order of the answers. */
export class RequestLog extends Array<LoggedRequest> {
  /** What is filtered or mapped from the log is a plain list. */
  static override get [Symbol.species]() {
    return Array;
  }

  /** How many requests there were, of one operation or of all. */
  count(operation?: string): number {
    return operation === undefined ? this.length : this.filter((record) => record.operation === operation).length;
  }

  clear(): void {
    this.length = 0;
  }
}
