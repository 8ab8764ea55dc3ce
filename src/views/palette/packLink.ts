import { validate } from '../../compliance/validation.ts';
import type { PackLocation } from './packLocation.ts';

/** A link that opens a pack's panel. `scheme` is the editor's URI scheme, such as `vscode`. */
export const formatLink = (scheme: string, { name, account, region }: PackLocation): string =>
  `${scheme}://packscope.packscope/pack?${new URLSearchParams({ name, account, region })}`;

/** Parses a link's path and query. Throws if the path is unknown, or a parameter is missing, repeated or invalid. */
export function parseLink(path: string, query: string): PackLocation {
  if (path !== '/pack') throw new Error('This is not a link to a conformance pack.');
  const parameters = new URLSearchParams(query);
  const getParameter = (key: keyof PackLocation): string => {
    const [value = '', ...others] = parameters.getAll(key);
    const problem = others.length > 0 ? 'It appears more than once.' : validate(key, value);
    if (problem) throw new Error(`This link does not identify a conformance pack. ${key}: ${problem}`);
    return value;
  };
  return { name: getParameter('name'), account: getParameter('account'), region: getParameter('region') };
}
