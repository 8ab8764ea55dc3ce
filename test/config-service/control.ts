import type { ChangeableEstate, RuleResult } from './estate/changeable.ts';
import type { PackState } from './estate/estate.ts';
import { type Faults, faultNames } from './faults.ts';
import type { RequestLog } from './requestLog.ts';
import type { SignIn } from './sessions.ts';
import type { Answer } from './wire/response.ts';

/** A change of the estate as another process sends it. */
export type EstateChange = { readonly account: string; readonly region: string; readonly pack: string } & (
  | { readonly change: 'fixRule'; readonly rule: string }
  | { readonly change: 'setDeployment'; readonly state: Exclude<PackState, 'DELETED'>; readonly reason?: string }
  | { readonly change: 'deletePack' }
  | { readonly change: 'addPack'; readonly rules: readonly RuleResult[] }
);

/** What other processes may control; a running service is one. */
export interface Controlled {
  readonly estate: ChangeableEstate;
  readonly requests: RequestLog;
  faults: Faults;
  expireTokens(): void;
  signIn(): SignIn;
  expireSessions(): void;
  secrets(): readonly string[];
}

/** Every path below this one is the control's. */
export const controlPath = '/_control/';

/** Answers a control request: 204 where there is nothing to say, 400 with the reason where it cannot be done. */
export function handleControl(service: Controlled, method: string, path: string, body: string): Answer {
  try {
    const answer = control(service, `${method} ${path.slice(controlPath.length)}`, body);
    return answer === undefined
      ? { status: 204, headers: {}, body: '' }
      : plain(200, 'application/json', JSON.stringify(answer));
  } catch (error) {
    return plain(400, 'text/plain', error instanceof Error ? error.message : String(error));
  }
}

function control(service: Controlled, request: string, body: string): object | undefined {
  switch (request) {
    case 'GET requests':
      return service.requests;
    case 'GET secrets':
      return service.secrets();
    case 'DELETE requests':
      service.requests.clear();
      return undefined;
    case 'PUT faults':
      service.faults = faultsIn(body);
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
      throw new Error(`${request} is no control`);
  }
}

/** A misspelt fault would strike nobody, so it is refused. */
function faultsIn(body: string): Faults {
  const faults = JSON.parse(body) as Faults;
  const unknown = Object.keys(faults).find((name) => !Object.hasOwn(faultNames, name));
  if (unknown !== undefined) throw new Error(`${unknown} is no fault`);
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
      throw new Error(`${JSON.stringify(change)} is no change of an estate`);
  }
}

function plain(status: number, type: string, body: string): Answer {
  return { status, headers: { 'Content-Type': type }, body };
}
