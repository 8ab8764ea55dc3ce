import type { Page, RequestRecord } from '../../compliance/source.ts';
import type { SourceSettings } from '../sourceSettings.ts';
import type { RequestContext } from './errorClassification.ts';

/** What SDK outputs and errors contain about their request. */
interface Metadata {
  readonly $metadata?: { readonly attempts?: number; readonly requestId?: string };
}

/** Sends one request, logs it and converts its page. Errors become a `ComplianceError` here and nowhere later. */
export async function requestPage<Output extends Metadata & { readonly NextToken?: string | undefined }, T>(
  context: RequestContext & { readonly region: string },
  { log, proxy }: Pick<SourceSettings, 'log' | 'proxy'>,
  send: () => Promise<Output>,
  toItems: (output: Output) => readonly T[],
): Promise<Page<T>> {
  const { operation, region } = context;
  const start = performance.now();
  const record = ({ $metadata }: Metadata, outcome: Pick<RequestRecord, 'rows' | 'error'>) => {
    const milliseconds = Math.round(performance.now() - start);
    log({ operation, region, milliseconds, attempts: $metadata?.attempts ?? 1, ...outcome });
  };
  try {
    const output = await send();
    const items = toItems(output);
    record(output, { rows: items.length });
    return { items, next: output.NextToken || undefined };
  } catch (thrown) {
    // Loaded only when a request fails.
    const { formatErrorForLog, getProxyHost, toComplianceError, toSdkError } = await import('./errorClassification.ts');
    const error = toSdkError(thrown);
    record(error, { error: formatErrorForLog(error) });
    throw toComplianceError(error, { ...context, proxy: getProxyHost(proxy?.()) });
  }
}
