import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OperationName } from '../../config-service/model.ts';

/** The body of each operation's response: a text, or a value to be sent as JSON. */
export type Answers = Partial<Record<OperationName, unknown>>;

/** Answers every request to AWS Config with the body that `answers` has for its operation, until `use` returns. */
export async function withAnsweringService(answers: Answers, use: (answers: Answers) => Promise<void>): Promise<void> {
  const server = createServer((request, response) => {
    const operation = String(request.headers['x-amz-target']).split('.')[1] as OperationName;
    const answer = answers[operation];
    const body = typeof answer === 'string' ? answer : JSON.stringify(answer ?? {});
    response.setHeader('x-amzn-requestid', 'test');
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    request.resume().on('end', () => response.end(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // STS stays at the local service.
  process.env.AWS_ENDPOINT_URL_CONFIG_SERVICE = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    await use(answers);
  } finally {
    delete process.env.AWS_ENDPOINT_URL_CONFIG_SERVICE;
    server.close();
    server.closeAllConnections();
  }
}
