import type { ChangeableEstate, RuleResult } from './estate/changeable.ts';
import type { PackState } from './estate/estate.ts';
import { type Faults, faultNames } from './faults.ts';
import type { RequestLog } from './requestLog.ts';
import type { SignIn } from './sessions.ts';
import { isAnswerName } from './wire/answers.ts';
import type { HttpResponse } from './wire/response.ts';

/** A change of the estate, sent by another process. */
export type EstateChange = { readonly account: string; readonly region: string; readonly pack: string } & (
  | { readonly change: 'fixRule'; readonly rule: string }
  | { readonly change: 'setDeployment'; readonly state: Exclude<PackState, 'DELETED'>; readonly reason?: string }
  | { readonly change: 'deletePack' }
  | { readonly change: 'addPack'; readonly rules: readonly RuleResult[] }
);

/** The part of a running service that other processes can control. */
export interface ControllableService {
  readonly estate: ChangeableEstate;
  readonly requests: RequestLog;
  faults: Faults;
  expireTokens(): void;
  signIn(): SignIn;
  expireSessions(): void;
  secrets(): readonly string[];
}

/** The prefix of control paths. */
export const controlPath = '/_control/';

/** Handles a control request. Responds with 204 if there is no content, and with 400 and the reason if it fails. */
export function handleControl(service: ControllableService, method: string, path: string, body: string): HttpResponse {
  try {
    const content = control(service, `${method} ${path.slice(controlPath.length)}`, body);
    return content === undefined
      ? { status: 204, headers: {}, body: '' }
      : createResponse(200, 'application/json', JSON.stringify(content));
  } catch (error) {
    return createResponse(400, 'text/plain', error instanceof Error ? error.message : String(error));
  }
}

function control(service: ControllableService, request: string, body: string): object | undefined {
  switch (request) {
    case 'GET requests':
      return service.requests;
    case 'GET secrets':
      return service.secrets();
    case 'DELETE requests':
      service.requests.clear();
      return undefined;
    case 'PUT faults':
      service.faults = parseFaults(body);
      return undefined;
    case 'POST expire-tokens':
      service.expireTokens();
      return undefined;
    case 'POST sign-in':
      return service.signIn();
    case 'POST expire-sessions':
      service.expireSessions();
      return undefined;
    case 'POST estate':
      applyChange(service.estate, JSON.parse(body) as EstateChange);
      return undefined;
    default:
      throw new Error(`${request} is not a control request`);
  }
}

/** Rejects unknown faults, because a misspelled one would have no effect. */
function parseFaults(body: string): Faults {
  const faults = JSON.parse(body) as Faults;
  const unknown = Object.keys(faults).find((name) => !Object.hasOwn(faultNames, name));
  if (unknown !== undefined) throw new Error(`${unknown} is not a fault`);
  const answer = Object.values(faults.answer ?? {}).find((each) => typeof each === 'string' && !isAnswerName(each));
  if (answer !== undefined) throw new Error(`${JSON.stringify(answer)} is not an answer`);
  return faults;
}

function applyChange(estate: ChangeableEstate, change: EstateChange): void {
  const { account, region, pack } = change;
  switch (change.change) {
    case 'fixRule':
      estate.fixRule(account, region, pack, change.rule);
      break;
    case 'setDeployment':
      estate.setDeployment(account, region, pack, change.state, change.reason);
      break;
    case 'deletePack':
      estate.deletePack(account, region, pack);
      break;
    case 'addPack':
      estate.addPack(account, region, pack, change.rules);
      break;
    default:
      throw new Error(`${JSON.stringify(change)} is not a change of an estate`);
  }
}

function createResponse(status: number, type: string, body: string): HttpResponse {
  return { status, headers: { 'Content-Type': type }, body };
}
