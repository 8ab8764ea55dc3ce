import { parseTree } from 'jsonc-parser';
import { parseDocument } from 'yaml';
import { parseTemplate } from '../../../src/templates/parseTemplate.ts';
import { measureTime } from '../measurement.ts';
import { measureLongestBlock } from '../eventLoop.ts';
import type { TemplateRun } from '../templates.ts';
import { createTemplate } from '../templateTexts.ts';

// Indexes a document and resolves all its names: at first, and again after each of some keystrokes.
const [kind = '', size = '0', rounds = '0'] = process.argv.slice(2);
const { path, text } = createTemplate(kind, Number(size));

const plainParsers = new Map<string, (text: string) => unknown>([
  ['yaml', (text) => parseDocument(text)],
  ['json', (text) => parseTree(text)],
]);
const plainParser = plainParsers.get(path.split('.').at(-1) ?? '');
const plainRounds = 3;

let first = 0;
const stretch = await measureLongestBlock(async () => {
  first = await measureTime(() => index(text));
});
const again: number[] = [];
for (let round = 0; round < Number(rounds); round++) {
  const typed = text.replace('baseline-0', `baseline-0${round}`);
  again.push(await measureTime(() => index(typed)));
}
const plain: number[] = [];
for (let round = 0; plainParser && round < plainRounds; round++) plain.push(await measureTime(async () => plainParser(text)));
const run: TemplateRun = { first, stretch, again, plain: plainParser && plain };
console.log(JSON.stringify(run));
process.exit();

async function index(text: string): Promise<void> {
  const { packs, packTemplates } = await parseTemplate({ path, text });
  const names = [...packs, ...packTemplates.flatMap(({ rules }) => rules)];
  if (names.length === 0) throw new Error(`No names in ${path}`);
  for (const name of names) name.resolve({ account: '111122223333', region: 'us-east-1' });
}
