import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { Caller } from './identities.ts';
import { ApiError } from './errors.ts';

/** What a page token belongs to. A token is good for this query alone; the page size may change. */
export interface Query {
  readonly operation: string;
  readonly caller: Caller;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What a token carries: where the walk stands, the query it belongs to, and the generation it was issued in. */
interface Content {
  readonly position: string;
  readonly query: string;
  readonly generation: number;
  /** A walk that has not moved must still hand out another token than before: clients take an equal one for a loop. */
  readonly nonce: string;
}

/** Issues and reads opaque page tokens. They carry their own state, sealed with a key of this service alone. */
export class PageTokens {
  readonly #key = randomBytes(32);
  #generation = 0;

  /** From now on no token issued so far is accepted. */
  expire(): void {
    this.#generation += 1;
  }

  issue(query: Query, position: string): string {
    const content: Content = { position, query: digest(query), generation: this.#generation, nonce: randomUUID() };
    const text = Buffer.from(JSON.stringify(content)).toString('base64url');
    return `${text}.${this.#seal(text)}`;
  }

  /** The position behind a token; throws InvalidNextTokenException where the token is not this query's. */
  read(query: Query, token: string): string {
    const [text = '', seal] = token.split('.');
    if (seal !== this.#seal(text)) throw invalidNextToken();
    const content = JSON.parse(Buffer.from(text, 'base64url').toString()) as Content;
    if (content.generation !== this.#generation || content.query !== digest(query)) throw invalidNextToken();
    return content.position;
  }

  #seal(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('base64url');
  }
}

export function invalidNextToken(): ApiError {
  return new ApiError(
    'InvalidNextTokenException',
    'The specified next token is not valid. Specify the nextToken string that was returned in the previous response to get the next page of results.',
  );
}

function digest({ operation, caller, input }: Query): string {
  const { Limit: _limit, NextToken: _token, ...parameters } = input;
  return JSON.stringify([operation, caller.account, caller.region, sorted(parameters)]);
}

/** The same value with its members in one order, whatever order they were written in. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]));
}
