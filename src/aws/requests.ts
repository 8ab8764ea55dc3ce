import type { Page, RequestLog, RequestRecord } from '../compliance/source.ts';
import { redact, toComplianceError } from './errors.ts';

/** What SDK answers and errors carry. */
interface Metadata {
  readonly $metadata?: { readonly attempts?: number; readonly requestId?: string };
}

/** Sends one request and reads its page, logs it, and turns what it throws into a `ComplianceError`. */
export async function requestPage<Output extends Metadata & { readonly NextToken?: string | undefined }, T>(
  operation: string,
  region: string,
  log: RequestLog,
  send: () => Promise<Output>,
  read: (output: Output) => readonly T[],
): Promise<Page<T>> {
  const start = performance.now();
  const record = ({ $metadata }: Metadata, outcome: Pick<RequestRecord, 'rows' | 'error'>) => {
    const milliseconds = Math.round(performance.now() - start);
    log({ operation, region, milliseconds, attempts: $metadata?.attempts ?? 1, ...outcome });
  };
  try {
    const output = await send();
    const items = read(output);
    record(output, { rows: items.length });
    return { items, next: output.NextToken || undefined };
  } catch (thrown) {
    const error: Error & Metadata = thrown instanceof Error ? thrown : new Error(String(thrown));
    const requestId = error.$metadata?.requestId;
    record(error, { error: `${error.name}: ${redact(error.message)}${requestId ? ` (request ${requestId})` : ''}` });
    throw toComplianceError(error, operation);
  }
}
