/** An AWS error. In the response, `name` is the `__type`; without a message, the response has none. */
export class ApiError extends Error {
  /** The HTTP status; by default that of the error in its protocol. */
  readonly status: number | undefined;

  constructor(name: string, message: string, status = failureStatuses[name]) {
    super(message);
    this.name = name;
    this.status = status;
  }
}

/** The status of errors that are not the client's, in every protocol. */
const failureStatuses: Readonly<Record<string, number>> = {
  InternalFailure: 500,
  InternalError: 500,
  InternalServerError: 500,
  InternalServerException: 500,
  ServiceUnavailable: 503,
  ServiceUnavailableException: 503,
  TooManyRequestsException: 429,
};
