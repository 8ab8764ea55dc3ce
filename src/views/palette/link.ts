import { filterProblem } from '../../compliance/filter.ts';

/** A pack as a link tells of it: names only. */
export interface LinkedPack {
  readonly name: string;
  readonly account: string;
  readonly region: string;
}

/** A link that opens the pack's panel; `scheme` is the editor's own, such as `vscode`. */
export const linkOf = (scheme: string, { name, account, region }: LinkedPack): string =>
  `${scheme}://packscope.packscope/pack?${new URLSearchParams({ name, account, region })}`;

/** The pack of a link's path and query. Throws where it is none of ours, or a part of it is missing, twice or wrong. */
export function parseLink(path: string, query: string): LinkedPack {
  if (path !== '/pack') throw new Error('This link is no link to a conformance pack.');
  const args = new URLSearchParams(query);
  const part = (key: keyof LinkedPack): string => {
    const [value = '', ...others] = args.getAll(key);
    const problem = others.length > 0 ? 'It stands there twice.' : filterProblem(key, value);
    if (problem) throw new Error(`This link names no conformance pack. ${key}: ${problem}`);
    return value;
  };
  return { name: part('name'), account: part('account'), region: part('region') };
}
