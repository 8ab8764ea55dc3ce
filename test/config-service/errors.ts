/** A refusal as AWS answers it: `name` goes out as `__type`, the message as `message`. */
export class ApiError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}
