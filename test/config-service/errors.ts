/** An AWS error. In the response, `name` is the `__type`. */
export class ApiError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}
