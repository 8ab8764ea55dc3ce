import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { ApiError } from './errors.ts';
import type { RequestRecord } from './requestLog.ts';
import { getCallName, parseCall, parseInput, runOperation, type ServiceContext } from './runOperation.ts';
import { assumeRole, assumeRoleWithWebIdentity, isSignInCall } from './signIn.ts';
import { createPortalError, createPortalResponse } from './wire/portal.ts';
import { createJsonError, createJsonResponse, type HttpResponse, htmlError } from './wire/response.ts';
import { authenticate, type HttpRequest } from './wire/signature.ts';
import { createAssumeRoleResponse, createCallerIdentityResponse, createStsError } from './wire/sts.ts';

/** The outcome of a request. Without a response, the connection is reset. */
export interface Outcome {
  readonly response?: HttpResponse;
  readonly isTruncated: boolean;
  readonly record: RequestRecord;
}

/** Handles a request to AWS Config, STS or the SSO portal with the current faults. `at` is the time of its arrival. */
export async function handleRequest(context: ServiceContext, request: HttpRequest, at: Date): Promise<Outcome> {
  const { estate, faults, sessions } = context;
  const call = parseCall(request);
  const requestId = randomUUID();
  let record: RequestRecord = { at, operation: call.operation, status: 0, rows: 0 };
  const respond = (response: HttpResponse, { rows = 0, isTruncated = false, isFromAws = true } = {}): Outcome => ({
    response: isFromAws ? { ...response, headers: { ...response.headers, 'x-amzn-requestid': requestId } } : response,
    isTruncated,
    record: { ...record, status: response.status, rows },
  });
  try {
    const name = getCallName(call);
    const latencyMs = faults.getLatencyMs(name);
    if (latencyMs > 0) await setTimeout(latencyMs);
    if (faults.shouldInject('resetEvery', name)) return { isTruncated: false, record };
    if (faults.shouldInject('htmlErrorEvery', name)) return respond(htmlError);
    const answer = faults.findAnswer(name);
    if (answer) return respond(answer, { isFromAws: answer.isFromAws === true });
    if (call.protocol === 'portal') return respond(createPortalResponse(context, name, request));
    if (name === 'AssumeRoleWithWebIdentity') {
      const session = assumeRoleWithWebIdentity(context, new URLSearchParams(request.body));
      return respond(createAssumeRoleResponse(name, session, requestId));
    }
    const caller = authenticate(request, call.protocol, estate.accounts, sessions, faults.getServiceTime());
    record = { ...record, account: caller.account, region: caller.region };
    const input = call.protocol === 'sts' ? {} : parseInput(request.body);
    record = { ...record, input };
    faults.throwRefusal(name, caller);
    const isTruncated = faults.shouldInject('truncateEvery', name);
    if (name === 'GetCallerIdentity') return respond(createCallerIdentityResponse(caller, requestId), { isTruncated });
    if (isSignInCall(name)) {
      const session = assumeRole(context, caller, new URLSearchParams(request.body));
      return respond(createAssumeRoleResponse('AssumeRole', session, requestId), { isTruncated });
    }
    const { output, rows } = runOperation(context, name, caller, input);
    return respond(createJsonResponse(output), { rows, isTruncated });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    record = { ...record, error: error.name };
    error.message = error.message.replace('{request}', () => formatRequest(request));
    if (call.protocol === 'portal') return respond(createPortalError(error));
    return respond(call.protocol === 'sts' ? createStsError(error, requestId) : createJsonError(error));
  }
}

/** Formats headers and body as they arrived, and then each of their words without its name. */
function formatRequest({ headers, body }: HttpRequest): string {
  const lines = [...Object.entries(headers).map(([name, value]) => `${name}:${value}`), body];
  const words = lines.flatMap((line) => line.split(/[\s:=,&"]+/));
  return `${lines.join('\n')}\n${words.join(' | ')}`;
}
