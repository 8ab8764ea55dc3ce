import type { Caller } from './identities.ts';
import { ApiError } from './errors.ts';
import type { Estate } from './estate/estate.ts';
import type { CallName, FaultInjector } from './faults.ts';
import { isOperationName, type OperationName, pageSizeOf } from './model.ts';
import { operations } from './operations/index.ts';
import { takePage } from './operations/page.ts';
import { invalidNextToken, type PageTokens } from './pageTokens.ts';
import type { Sessions } from './sessions.ts';
import { isSignInCall } from './signIn.ts';
import { checkInput } from './validation.ts';
import { portalPaths } from './wire/portal.ts';
import type { SignedRequest } from './wire/signature.ts';

/** What a request asks for, before anything is checked. `protocol` also says how it wants its answer. */
export interface Call {
  readonly protocol: 'config' | 'sts' | 'portal';
  readonly operation: string;
}

/** What an operation gave. */
export interface Result {
  readonly output: object;
  readonly rows: number;
}

/** Everything an operation's answer is made from. */
export interface Context {
  readonly estate: Estate;
  readonly faults: FaultInjector;
  readonly tokens: PageTokens;
  readonly sessions: Sessions;
}

const target = 'StarlingDoveService.';

/** AWS Config names its operation in a header, STS in its form-encoded body, the portal in its path. */
export function callOf({ path, headers, body }: SignedRequest): Call {
  const [pathname = ''] = path.split('?');
  const portalCall = portalPaths[pathname];
  if (portalCall) return { protocol: 'portal', operation: portalCall };
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    return { protocol: 'sts', operation: new URLSearchParams(body).get('Action') ?? '' };
  }
  const header = String(headers['x-amz-target'] ?? '');
  return { protocol: 'config', operation: header.startsWith(target) ? header.slice(target.length) : '' };
}

/** The call under its known name, or UnknownOperationException. */
export function knownCall({ protocol, operation }: Call): CallName {
  if (protocol === 'config' && isOperationName(operation)) return operation;
  if (protocol !== 'config' && isSignInCall(operation)) return operation;
  throw new ApiError('UnknownOperationException', `The operation ${operation} is not known`);
}

/** The input of an AWS Config call; an empty body is an empty input. */
export function parseInput(body: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(body || '{}');
  } catch {
    throw new ApiError('SerializationException', 'The body of the request is no JSON');
  }
}

/** One page of an operation: its input checked, its token read, its rows walked to. */
export function runOperation(
  { estate, faults, tokens }: Context,
  operation: OperationName,
  caller: Caller,
  input: Readonly<Record<string, unknown>>,
): Result {
  checkInput(operation, input);
  const { Limit, NextToken } = input as { Limit?: number; NextToken?: string };
  const query = { operation, caller, input };
  if (NextToken && faults.strikes('refuseTokenEvery', operation)) throw invalidNextToken();
  const after = NextToken ? tokens.read(query, NextToken) : '';
  const { steps, answer } = operations[operation];
  const limit = faults.strikes('emptyPageEvery', operation) ? 0 : Limit || pageSizeOf(operation);
  const page = takePage(steps(estate, caller, input, after), after, limit);
  const output = answer(page.rows, input);
  return {
    output: page.next === undefined ? output : { ...output, NextToken: tokens.issue(query, page.next) },
    rows: page.rows.length,
  };
}
