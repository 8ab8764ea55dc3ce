import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { HttpHandlerOptions } from '@smithy/types';
import type { RequestHandlerOptions } from '../transport/network.ts';

type HttpRequest = Parameters<NodeHttpHandler['handle']>[0];
type HttpResult = Awaited<ReturnType<NodeHttpHandler['handle']>>;

/** A request to a sign-in service: STS, the SSO portal, SSO OIDC or the service behind `aws login`. */
export interface SignInRequest {
  readonly operation: string;
  /** The prefix of the service's IAM actions. */
  readonly service: string;
  /** The region of the signature, if there is one. */
  readonly region?: string;
}

/** A request without a usable response: either nothing answered, or with an error or a page in HTML. */
export interface SignInFailure {
  readonly request: SignInRequest;
  readonly outcome:
    | { readonly error: unknown }
    | { readonly status: number; readonly headers: Readonly<Record<string, string>> };
}

/** An HTTP handler that records whether the last request failed: credential providers drop that evidence. */
export class SignInHandler extends NodeHttpHandler {
  #failure: SignInFailure | undefined;

  constructor(options: RequestHandlerOptions) {
    super(options);
  }

  /** The failure of the last request; undefined if it succeeded, or if there was none. */
  get failure(): SignInFailure | undefined {
    return this.#failure;
  }

  override async handle(request: HttpRequest, options?: HttpHandlerOptions): Promise<HttpResult> {
    const signInRequest = describeRequest(request);
    try {
      const result = await super.handle(request, options);
      const { statusCode: status, headers } = result.response;
      const isFailure = status >= 300 || headers['content-type']?.startsWith('text/html') === true;
      this.#failure = isFailure ? { request: signInRequest, outcome: { status, headers } } : undefined;
      return result;
    } catch (error) {
      this.#failure = { request: signInRequest, outcome: { error } };
      throw error;
    }
  }
}

/** The operations of requests that name theirs in the path. */
const operations: readonly (readonly [path: RegExp, operation: string, service: string])[] = [
  [/\/federation\/credentials$/, 'GetRoleCredentials', 'sso'],
  [/\/v1\/token$/, 'CreateOAuth2Token', 'signin'],
  [/\/token$/, 'CreateToken', 'sso-oidc'],
];

function describeRequest({ path, body, headers }: HttpRequest): SignInRequest {
  const found = operations.find(([pattern]) => pattern.test(path));
  if (found) return { operation: found[1], service: found[2] };
  const operation = typeof body === 'string' ? new URLSearchParams(body).get('Action') : null;
  const [, region] = /Credential=[^/]+\/\d+\/([\w-]+)\//.exec(headers.authorization ?? '') ?? [];
  return { operation: operation ?? 'AssumeRole', service: 'sts', ...(region !== undefined && { region }) };
}
