import type { Parser } from '@lezer/common';
import { parser as javascript } from '@lezer/javascript';
import { parser as json } from '@lezer/json';
import { parser as yaml } from '@lezer/yaml';
import { parser as hcl } from '../../../src/templates/syntax/hclParser.ts';
import { createTemplate } from '../templateTexts.ts';

// Parses a document once, in one step, with nothing but Lezer, and prints the time.
const [kind = '', size = '0'] = process.argv.slice(2);
const { path, text: composed } = createTemplate(kind, Number(size));
// Joined as in `templates.ts`.
const text = composed.split('\n').join('\n');

const parsers = new Map<string, Parser>([
  ['yaml', yaml],
  ['json', json],
  ['tf', hcl],
  ['ts', javascript.configure({ dialect: 'ts' })],
]);
const parser = parsers.get(path.split('.').at(-1) ?? '');
if (parser === undefined) throw new Error(`No parser for ${path}`);

const start = performance.now();
parser.parse(text);
console.log(JSON.stringify(performance.now() - start));
