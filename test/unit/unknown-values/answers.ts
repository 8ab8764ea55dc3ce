import type { Faults } from '../../config-service/faults.ts';
import type { OperationName } from '../../config-service/model.ts';

/** The body of each operation's response: a text, or a value to be sent as JSON. */
export type Answers = Partial<Record<OperationName, unknown>>;

/** Sends these bodies instead of the responses of the service. */
export const toFaults = (answers: Answers): Faults => ({
  answer: Object.fromEntries(
    Object.entries(answers).map(([operation, answer]) => [
      operation,
      {
        status: 200,
        headers: { 'Content-Type': 'application/x-amz-json-1.1' },
        body: typeof answer === 'string' ? answer : JSON.stringify(answer),
        isFromAws: true,
      },
    ]),
  ),
});
