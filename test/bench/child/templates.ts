import { parseTree } from 'jsonc-parser';
import { parseDocument } from 'yaml';
import { detectLanguage } from '../../../src/templates/language.ts';
import { loadFinder, parseTemplate } from '../../../src/templates/parseTemplate.ts';
import { measureLongestBlock } from '../eventLoop.ts';
import { measureTime } from '../measurement.ts';
import type { TemplateRun } from '../templates.ts';
import { createTemplate } from '../templateTexts.ts';

// Indexes a document and resolves its names, once and again after each keystroke, and prints the times. Reads a smaller
// document before unless its size is 0.
const [kind = '', size = '0', rounds = '0', sizeBefore = '0'] = process.argv.slice(2);
const { path, text: composed } = createTemplate(kind, Number(size));
// VS Code joins the lines of a document, too. A text composed of many parts would be joined within the measurement.
const lines = composed.split('\n');
const text = lines.join('\n');

const parsers = new Map<string, (text: string) => unknown>([
  ['yaml', (text) => parseDocument(text)],
  ['json', (text) => parseTree(text)],
]);
const parse = parsers.get(path.split('.').at(-1) ?? '');
const parserRounds = 3;

// The bundled code loads far faster than these sources.
const language = detectLanguage(path);
if (language !== undefined) await loadFinder(language);

let first = 0;
const longestBlock = await measureLongestBlock(async () => {
  if (sizeBefore !== '0') await index(createTemplate(kind, Number(sizeBefore)).text.split('\n').join('\n'));
  first = await measureTime(() => index(text));
});
const edited = lines.findIndex((line) => line.includes('baseline-0'));
const line = lines[edited] ?? '';
const afterKeystrokes: number[] = [];
for (let round = 0; round < Number(rounds); round++) {
  lines[edited] = line.replace('baseline-0', `baseline-0${round}`);
  const typed = lines.join('\n');
  afterKeystrokes.push(await measureTime(() => index(typed)));
}
const parserTimes: number[] = [];
for (let round = 0; parse && round < parserRounds; round++) {
  parserTimes.push(await measureTime(async () => parse(text)));
}
const run: TemplateRun = { first, longestBlock, afterKeystrokes, parser: parse && parserTimes };
console.log(JSON.stringify(run));
process.exit();

async function index(text: string): Promise<void> {
  const { packs, packTemplates } = await parseTemplate({ path, text });
  const names = [...packs, ...packTemplates.flatMap(({ rules }) => rules)];
  if (names.length === 0) throw new Error(`No names in ${path}`);
  for (const name of names) name.resolve({ account: '111122223333', region: 'us-east-1' });
}
