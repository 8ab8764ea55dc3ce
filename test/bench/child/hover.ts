import './preload.ts';
import { setTimeout } from 'node:timers/promises';
import type * as vscode from 'vscode';
import { Estate } from '../../../src/compliance/store/estate.ts';
import { createOpenSource } from '../../support/aws/openSource.ts';
import { stubVSCode } from '../../support/bundle/vscodeStub.ts';
import { indexTemplate } from '../../support/templates/indexTemplate.ts';

// Prints how long each of a number of hovers takes after everything is loaded: over names and between them.
const hovers = Number(process.argv[2]);
stubVSCode();
const { TemplateHoverProvider } = await import('../../../src/views/editor/hoverProvider.ts');
const { TemplateCache } = await import('../../../src/views/editor/templateCache.ts');
const { PackLookup } = await import('../../../src/views/editor/packLookup.ts');

const packs = 25;
const estate = new Estate({
  open: createOpenSource({ pageSize: () => 100, requestsPerSecond: () => 1000, log: () => {} }),
  aggregatorNames: () => [],
});
const text = createTemplate(await loadPackNames());
const path = 'template.yaml';
const index = indexTemplate({ path, text });
if (index.packs.length !== packs) throw new Error(`The document has ${index.packs.length} packs`);

// The text counts as a single line, because the editor computes positions itself.
const document: vscode.TextDocument = Object.assign(Object.create(null), {
  uri: { path, toString: () => path },
  version: 1,
  getText: () => text,
  offsetAt: ({ character }: vscode.Position) => character,
  positionAt: (character: number) => ({ line: 0, character }),
});
const log: vscode.LogOutputChannel = Object.create(null);
const provider = new TemplateHoverProvider(
  new TemplateCache(log),
  new PackLookup(
    estate,
    () => [{}],
    () => true,
  ),
);

// Every second hover is over a name; the others are spread over the document.
const offsets = Array.from({ length: hovers }, (_, hover) => {
  const { start = 0, end = 0 } = index.packs[(hover >> 1) % packs]?.range ?? {};
  return hover % 2 === 0 ? start + (hover % (end - start)) : Math.floor((hover / hovers) * text.length);
});
for (const offset of offsets) await hover(offset);
await waitUntilIdle();
const times: number[] = [];
let hits = 0;
for (const offset of offsets) {
  const start = performance.now();
  if (await hover(offset)) hits++;
  times.push(performance.now() - start);
}
if (hits < hovers / 2) throw new Error(`Only ${hits} of ${hovers} hovers have content`);
console.log(JSON.stringify(times));
process.exit();

async function hover(character: number): Promise<vscode.Hover | undefined> {
  const position: vscode.Position = Object.assign(Object.create(null), { line: 0, character });
  return (await provider.provideHover(document, position)) ?? undefined;
}

/** Returns the names of deployed packs, as many as the document has. */
async function loadPackNames(): Promise<readonly string[]> {
  const all = estate.getStore({}).getPackList({ by: 'name', descending: false });
  await all.loadAll(new AbortController().signal, () => {});
  for (const error of all.errors) throw error;
  return all.rows.slice(0, packs).map(({ name }) => name);
}

/** Resolves when nothing is loading. */
async function waitUntilIdle(): Promise<void> {
  while (estate.isLoading()) await setTimeout(10);
}

function createTemplate(names: readonly string[]): string {
  const resources = names.map(
    (name, index) => `  Pack${index}:
    Type: AWS::Config::ConformancePack
    Properties:
      ConformancePackName: !Sub "${name.slice(0, -1)}\${Last${index}}"
      TemplateS3Uri: s3://templates/baseline.yaml
`,
  );
  const parameters = names.map(
    (name, index) => `  Last${index}:
    Type: String
    Default: "${name.slice(-1)}"
`,
  );
  return `Parameters:\n${parameters.join('')}Resources:\n${resources.join('')}`;
}
