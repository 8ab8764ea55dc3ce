import { parseTree } from 'jsonc-parser';
import { parseDocument } from 'yaml';
import { parseTemplate } from '../../../src/templates/parseTemplate.ts';
import type { TemplateRun } from '../templates.ts';
import { templateOf } from '../templateTexts.ts';

// Indexes a document and resolves all its names: at first, and again after each of some keystrokes.
const [kind = '', size = '0', rounds = '0'] = process.argv.slice(2);
const { path, text } = templateOf(kind, Number(size));

const plainParsers = new Map<string, (text: string) => unknown>([
  ['yaml', (text) => parseDocument(text)],
  ['json', (text) => parseTree(text)],
]);
const plainParser = plainParsers.get(path.split('.').at(-1) ?? '');
const plainRounds = 3;

const first = timed(() => index(text));
const again = Array.from({ length: Number(rounds) }, (_, round) => {
  const typed = text.replace('baseline-0', `baseline-0${round}`);
  return timed(() => index(typed));
});
const plain = plainParser && Array.from({ length: plainRounds }, () => timed(() => plainParser(text)));
const run: TemplateRun = { first, again, plain };
console.log(JSON.stringify(run));

function index(text: string): void {
  const { packs, packTemplates } = parseTemplate({ path, text });
  const names = [...packs, ...packTemplates.flatMap(({ rules }) => rules)];
  if (names.length === 0) throw new Error(`No names in ${path}`);
  for (const name of names) name.resolve({ account: '111122223333', region: 'us-east-1' });
}

function timed(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}
