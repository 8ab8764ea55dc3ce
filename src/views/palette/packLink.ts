import type { PackLocation } from '../../compliance/packRef.ts';
import { validate, validateRuleName } from '../../compliance/validation.ts';
import type { LinkTarget } from './packLocation.ts';

/** A link that opens a pack's panel, at a rule if there is one. `scheme` is the editor's URI scheme, such as `vscode`. */
export function formatLink(scheme: string, { name, account, region, rule }: LinkTarget): string {
  const parameters = new URLSearchParams({
    name,
    account,
    region,
    ...(rule !== undefined && { rule: encodeRule(rule) }),
  });
  return `${scheme}://packscope.packscope/pack?${parameters}`;
}

/** Parses a link's path and query. Throws if the path is unknown, or a parameter is missing, repeated or invalid. */
export function parseLink(path: string, query: string): LinkTarget {
  if (path !== '/pack') throw new Error('This is not a link to a conformance pack.');
  const parameters = new URLSearchParams(query);
  const getParameter = (key: keyof LinkTarget, findProblem: (value: string) => string | undefined): string => {
    const [value = '', ...others] = parameters.getAll(key);
    const problem = others.length > 0 ? 'It appears more than once.' : findProblem(value);
    if (problem) throw new Error(`This link does not identify a conformance pack. ${key}: ${problem}`);
    return value;
  };
  const getField = (key: keyof PackLocation) => getParameter(key, (value) => validate(key, value));
  return {
    name: getField('name'),
    account: getField('account'),
    region: getField('region'),
    ...(parameters.has('rule') && {
      rule: decodeRule(getParameter('rule', (value) => validateRuleName(decodeRule(value)))),
    }),
  };
}

/**
 * Escapes all but letters, digits and a few signs as `~` and hexadecimal digits. VS Code decodes the whole query of a link
 * before it is parsed, so that an escaped `&` in a name would end the name.
 */
const encodeRule = (rule: string): string =>
  encodeURIComponent(rule.toWellFormed()).replaceAll('~', '%7E').replaceAll('%', '~');

/** The name of a rule; empty if the escapes are not valid. */
function decodeRule(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('%', '%25').replaceAll('~', '%'));
  } catch {
    return '';
  }
}
