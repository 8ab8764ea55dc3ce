import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type Context, callOf, knownCall, parseInput, runOperation } from './runOperation.ts';
import { ApiError } from './errors.ts';
import type { RequestRecord } from './requestLog.ts';
import { assumeRole, isSignInCall } from './signIn.ts';
import { type Answer, htmlError, jsonAnswer, jsonError } from './wire/response.ts';
import { portalAnswer, portalError } from './wire/portal.ts';
import { authenticate, type SignedRequest } from './wire/signature.ts';
import { assumedRoleAnswer, callerIdentityAnswer, stsError } from './wire/sts.ts';

/** How a request ends: its answer, whole or cut in half, or none because the connection is reset. */
export interface Outcome {
  readonly answer?: Answer;
  readonly isCut: boolean;
  readonly record: RequestRecord;
}

/** Answers one request to AWS Config, STS or the portal, with the faults that strike it. `at` is when it came in. */
export async function exchange(context: Context, request: SignedRequest, at: Date): Promise<Outcome> {
  const { estate, faults, sessions } = context;
  const call = callOf(request);
  const requestId = randomUUID();
  let record: RequestRecord = { at, operation: call.operation, status: 0, rows: 0 };
  const answered = (answer: Answer, { rows = 0, isCut = false } = {}): Outcome => ({
    answer: { ...answer, headers: { ...answer.headers, 'x-amzn-requestid': requestId } },
    isCut,
    record: { ...record, status: answer.status, rows },
  });
  try {
    const name = knownCall(call);
    const latencyMs = faults.latencyMs(name);
    if (latencyMs > 0) await wait(latencyMs);
    if (faults.strikes('resetEvery', name)) return { isCut: false, record };
    if (faults.strikes('htmlErrorEvery', name)) return answered(htmlError);
    if (call.protocol === 'portal') return answered(portalAnswer(context, name, request));
    const caller = authenticate(request, call.protocol, estate.accounts, sessions);
    record = { ...record, account: caller.account, region: caller.region };
    const input = call.protocol === 'sts' ? {} : parseInput(request.body);
    record = { ...record, input };
    faults.refuse(name, caller);
    const isCut = faults.strikes('truncateEvery', name);
    if (name === 'GetCallerIdentity') return answered(callerIdentityAnswer(caller, requestId), { isCut });
    if (isSignInCall(name)) {
      const session = assumeRole(context, caller, new URLSearchParams(request.body));
      return answered(assumedRoleAnswer(session, requestId), { isCut });
    }
    const { output, rows } = runOperation(context, name, caller, input);
    return answered(jsonAnswer(output), { rows, isCut });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    record = { ...record, error: error.name };
    error.message = error.message.replace('{request}', () => repeated(request));
    if (call.protocol === 'portal') return answered(portalError(error));
    return answered(call.protocol === 'sts' ? stsError(error, requestId) : jsonError(error));
  }
}

/** Headers and body as they came, and then each of their words without what tells what it is. */
function repeated({ headers, body }: SignedRequest): string {
  const lines = [...Object.entries(headers).map(([name, value]) => `${name}:${value}`), body];
  const words = lines.flatMap((line) => line.split(/[\s:=,&"]+/));
  return `${lines.join('\n')}\n${words.join(' | ')}`;
}
