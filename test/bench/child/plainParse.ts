import type { Parser } from '@lezer/common';
import { parser as javascript } from '@lezer/javascript';
import { parser as json } from '@lezer/json';
import { parser as yaml } from '@lezer/yaml';
import { parser as hcl } from '../../../src/templates/syntax/hclParser.ts';
import { measureTime } from '../measurement.ts';
import { createTemplate } from '../templateTexts.ts';

// Parses documents of one kind and of these sizes, each in one step, with nothing but Lezer, and prints the times.
const [kind = '', ...sizes] = process.argv.slice(2);

const parsers = new Map<string, Parser>([
  ['yaml', yaml],
  ['json', json],
  ['tf', hcl],
  ['ts', javascript.configure({ dialect: 'ts' })],
]);
const times: number[] = [];
for (const size of sizes) {
  const { path, text: composed } = createTemplate(kind, Number(size));
  // Joined as in `templates.ts`.
  const text = composed.split('\n').join('\n');
  const parser = parsers.get(path.split('.').at(-1) ?? '');
  if (parser === undefined) throw new Error(`No parser for ${path}`);
  times.push(await measureTime(async () => parser.parse(text)));
}
console.log(JSON.stringify(times));
