import type { Page, RequestLog, RequestRecord } from '../../compliance/source.ts';
import type { RequestContext } from './errors.ts';
import { proxyHost } from './network.ts';

/** What SDK answers and errors carry. */
interface Metadata {
  readonly $metadata?: { readonly attempts?: number; readonly requestId?: string };
}

/** What every request needs of the outside. */
export interface RequestOptions {
  readonly log: RequestLog;
  /** The proxy as a setting names it, where one does. */
  readonly proxy?: () => string | undefined;
}

/** Sends one request and reads its page, logs it, and turns what it throws into a `ComplianceError`. */
export async function requestPage<Output extends Metadata & { readonly NextToken?: string | undefined }, T>(
  operation: string,
  context: RequestContext,
  { log, proxy }: RequestOptions,
  send: () => Promise<Output>,
  read: (output: Output) => readonly T[],
): Promise<Page<T>> {
  const start = performance.now();
  const record = ({ $metadata }: Metadata, outcome: Pick<RequestRecord, 'rows' | 'error'>) => {
    const milliseconds = Math.round(performance.now() - start);
    log({ operation, region: context.region, milliseconds, attempts: $metadata?.attempts ?? 1, ...outcome });
  };
  try {
    const output = await send();
    const items = read(output);
    record(output, { rows: items.length });
    return { items, next: output.NextToken || undefined };
  } catch (thrown) {
    // What goes well need not load what tells failures apart.
    const { errorForLog, toComplianceError } = await import('./errors.ts');
    const error: Error & Metadata = thrown instanceof Error ? thrown : new Error(String(thrown));
    record(error, { error: errorForLog(error) });
    throw toComplianceError(error, operation, { ...context, proxy: proxyHost(proxy?.()) });
  }
}
