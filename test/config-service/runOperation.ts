import { ApiError } from './errors.ts';
import type { ChangeableEstate } from './estate/changeable.ts';
import type { FaultInjector } from './faultInjector.ts';
import type { CallName } from './faults.ts';
import type { Caller } from './identities.ts';
import { getMaxPageSize, isOperationName, type OperationName } from './model.ts';
import { operations } from './operations/index.ts';
import { takePage } from './operations/page.ts';
import { createInvalidTokenError, type PageTokens } from './pageTokens.ts';
import type { Sessions } from './sessions.ts';
import { isSignInCall } from './signIn.ts';
import { validateInput } from './validation.ts';
import { portalPaths } from './wire/portal.ts';
import type { HttpRequest } from './wire/signature.ts';

/** The protocol and operation of a request, before validation. The protocol also determines the response format. */
export interface Call {
  readonly protocol: 'config' | 'sts' | 'portal';
  readonly operation: string;
}

/** The output of an operation and the number of its rows. */
export interface OperationResult {
  readonly output: object;
  readonly rows: number;
}

/** The state of the service. */
export interface ServiceContext {
  readonly estate: ChangeableEstate;
  readonly faults: FaultInjector;
  readonly tokens: PageTokens;
  readonly sessions: Sessions;
}

const targetPrefix = 'StarlingDoveService.';

/** Parses the operation: AWS Config names it in a header, STS in the form-encoded body, the SSO portal in the path. */
export function parseCall({ path, headers, body }: HttpRequest): Call {
  const [pathname = ''] = path.split('?');
  const portalCall = portalPaths[pathname];
  if (portalCall) return { protocol: 'portal', operation: portalCall };
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    return { protocol: 'sts', operation: new URLSearchParams(body).get('Action') ?? '' };
  }
  const header = String(headers['x-amz-target'] ?? '');
  return { protocol: 'config', operation: header.startsWith(targetPrefix) ? header.slice(targetPrefix.length) : '' };
}

/** Returns the name of a supported call, or throws UnknownOperationException. */
export function getCallName({ protocol, operation }: Call): CallName {
  if (protocol === 'config' && isOperationName(operation)) return operation;
  if (protocol !== 'config' && isSignInCall(operation)) return operation;
  throw new ApiError('UnknownOperationException', `The operation ${operation} is not supported`);
}

/** Parses the input of an AWS Config call. An empty body is an empty input. */
export function parseInput(body: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(body || '{}');
  } catch {
    throw new ApiError('SerializationException', 'The body of the request is not valid JSON');
  }
}

/** Returns one page of an operation, after validating its input and reading its page token. */
export function runOperation(
  { estate, faults, tokens }: ServiceContext,
  operation: OperationName,
  caller: Caller,
  input: Readonly<Record<string, unknown>>,
): OperationResult {
  validateInput(operation, input);
  const { Limit, MaxResults, NextToken } = input as { Limit?: number; MaxResults?: number; NextToken?: string };
  const query = { operation, caller, input };
  if (NextToken && faults.shouldInject('refuseTokenEvery', operation)) throw createInvalidTokenError();
  const after = NextToken ? tokens.read(query, NextToken) : '';
  const { iterate, createOutput, getDefaultPageSize } = operations[operation];
  const limit = faults.shouldInject('emptyPageEvery', operation)
    ? 0
    : Limit || MaxResults || (getDefaultPageSize?.(input) ?? getMaxPageSize(operation));
  const page = takePage(iterate(estate, caller, input, after), after, limit);
  const list = faults.changeRows(operation, page.rows);
  const output = faults.isWithoutList(operation) ? {} : createOutput(list, input);
  const rows = page.rows.length;
  if (page.next === undefined) return { output, rows };
  // A page of one row would never get past it.
  const isShifted = rows > 1 && faults.shouldInject('shiftRowsEvery', operation);
  const position = faults.shouldInject('goRoundEvery', operation) ? '' : isShifted ? page.beforeLast : page.next;
  return { output: { ...output, NextToken: tokens.issue(query, position) }, rows };
}
