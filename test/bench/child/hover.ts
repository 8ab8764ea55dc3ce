import './preload.ts';
import { setTimeout } from 'node:timers/promises';
import type * as vscode from 'vscode';
import { createOpenSource } from '../../../src/aws/openSource.ts';
import { Estate } from '../../../src/compliance/store/estate.ts';
import { indexTemplate } from '../../support/templates/indexTemplate.ts';
import { stubVSCode } from '../../support/bundle/vscodeStub.ts';

// Prints how long each of some hovers takes once everything is known: over names, and between them.
const hovers = Number(process.argv[2]);
stubVSCode();
const { PackHovers } = await import('../../../src/views/editor/hover.ts');
const { TemplateCache } = await import('../../../src/views/editor/templateCache.ts');
const { Deployments } = await import('../../../src/views/editor/deployments.ts');

const packs = 25;
const estate = new Estate({
  open: createOpenSource({ pageSize: () => 100, requestsPerSecond: () => 1000, log: () => {} }),
  aggregatorNames: () => [],
});
const text = templateOf(await deployedNames());
const path = 'template.yaml';
const index = indexTemplate({ path, text });
if (index.packs.length !== packs) throw new Error(`There are ${index.packs.length} packs`);

// One line for all of it: where a line begins is the editor's work.
const document: vscode.TextDocument = Object.assign(Object.create(null), {
  uri: { path, toString: () => path },
  version: 1,
  getText: () => text,
  offsetAt: ({ character }: vscode.Position) => character,
  positionAt: (character: number) => ({ line: 0, character }),
});
const log: vscode.LogOutputChannel = Object.create(null);
const provider = new PackHovers(
  new TemplateCache(log),
  new Deployments(
    estate,
    () => [{}],
    () => true,
  ),
);

// Every other one is over a name, the others are all over the document.
const offsets = Array.from({ length: hovers }, (_, hover) => {
  const { start = 0, end = 0 } = index.packs[(hover >> 1) % packs]?.range ?? {};
  return hover % 2 === 0 ? start + (hover % (end - start)) : Math.floor((hover / hovers) * text.length);
});
for (const offset of offsets) await hover(offset);
await quiet();
const times: number[] = [];
let found = 0;
for (const offset of offsets) {
  const start = performance.now();
  if (await hover(offset)) found++;
  times.push(performance.now() - start);
}
if (found < hovers / 2) throw new Error(`${found} of ${hovers} hovers say something`);
console.log(JSON.stringify(times));
process.exit();

async function hover(character: number): Promise<vscode.Hover | undefined> {
  const position: vscode.Position = Object.assign(Object.create(null), { line: 0, character });
  return (await provider.provideHover(document, position)) ?? undefined;
}

/** Names of packs that are deployed, as many as the document has. */
async function deployedNames(): Promise<readonly string[]> {
  const all = estate.getStore({}).getPackList({ by: 'name', descending: false });
  await all.loadAll(new AbortController().signal, () => {});
  for (const error of all.errors) throw error;
  return all.rows.slice(0, packs).map(({ name }) => name);
}

/** Resolves when nothing is under way. */
async function quiet(): Promise<void> {
  while (estate.isLoading()) await setTimeout(10);
}

function templateOf(names: readonly string[]): string {
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
