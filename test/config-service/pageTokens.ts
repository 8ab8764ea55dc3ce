import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { ApiError } from './errors.ts';
import type { Caller } from './identities.ts';

/** The query of a page token. A token is valid for this query only, with any page size. */
export interface Query {
  readonly operation: string;
  readonly caller: Caller;
  readonly input: Readonly<Record<string, unknown>>;
}

/** The content of a token: the position, the query it is valid for, and the generation in which it was issued. */
interface Content {
  readonly position: string;
  readonly query: string;
  readonly generation: number;
  /** Makes every token unique, because clients treat an equal token as a loop. */
  readonly nonce: string;
}

/** Issues and reads opaque page tokens. They contain their state, signed with a key of this service. */
export class PageTokens {
  readonly #key = randomBytes(32);
  #generation = 0;

  /** Invalidates all issued tokens. */
  expire(): void {
    this.#generation += 1;
  }

  issue(query: Query, position: string): string {
    const content: Content = {
      position,
      query: createQueryKey(query),
      generation: this.#generation,
      nonce: randomUUID(),
    };
    const text = Buffer.from(JSON.stringify(content)).toString('base64url');
    return `${text}.${this.#sign(text)}`;
  }

  /** Returns the position of a token. Throws InvalidNextTokenException if it is not valid for the query. */
  read(query: Query, token: string): string {
    const [text = '', signature] = token.split('.');
    if (signature !== this.#sign(text)) throw createInvalidTokenError();
    const content = JSON.parse(Buffer.from(text, 'base64url').toString()) as Content;
    if (content.generation !== this.#generation || content.query !== createQueryKey(query))
      throw createInvalidTokenError();
    return content.position;
  }

  #sign(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('base64url');
  }
}

export function createInvalidTokenError(): ApiError {
  return new ApiError(
    'InvalidNextTokenException',
    'The specified next token is not valid. Specify the nextToken string that was returned in the previous response to get the next page of results.',
  );
}

function createQueryKey({ operation, caller, input }: Query): string {
  const { Limit: _Limit, limit: _limit, NextToken: _NextToken, nextToken: _nextToken, ...parameters } = input;
  return JSON.stringify([operation, caller.account, caller.region, sortMembers(parameters)]);
}

/** Sorts the members of objects, so that their order does not matter. */
function sortMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortMembers);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sortMembers(inner)]));
}
