import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeploymentScope, NameReference, TemplateIndex } from '../../../src/templates/model.ts';
import { assertGolden } from '../../support/golden.ts';
import { indexTemplate } from '../../support/templates/indexTemplate.ts';

const here = import.meta.dirname;
const place: DeploymentScope = { account: '111122223333', region: 'us-east-1', partition: 'aws' };
/** Kept as `.txt`, so that no tool takes them for code of this project: many are broken on purpose. */
const names = globSync('**/*', { cwd: join(here, 'fixtures') })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.txt') && !name.includes('.tfvars'))
  .map((name) => name.slice(0, -'.txt'.length))
  .sort();

describe('templates: names in files as people write them', () => {
  for (const name of names) {
    it(name, () => {
      const text = read(name);
      const found = describeIndex(text, indexTemplate({ path: name, text, files: filesBeside(name) }));
      assertGolden(import.meta.url, `${name}.txt`, found);
    });
  }
});

const read = (name: string) => readFileSync(join(here, 'fixtures', `${name}.txt`), 'utf8');

/** The Terraform files of a fixture's folder and of those below and above it. */
function filesBeside(name: string): ReadonlyMap<string, string> {
  const root = name.split('/').slice(0, 2).join('/');
  const files = globSync(`${root}/**/*.{tf,tfvars,json}.txt`, { cwd: join(here, 'fixtures') });
  return new Map(
    files.map((file) => file.replaceAll('\\', '/').slice(0, -'.txt'.length)).map((file) => [file, read(file)]),
  );
}

/** What was found, for people: where, what is written there, what it comes to; the latter again where the place is known. */
function describeIndex(text: string, { packs, packTemplates, skippedReason }: TemplateIndex): string {
  const at = (offset: number) => {
    const lines = text.slice(0, offset).split('\n');
    return `${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`;
  };
  const line = ({ range, resolve }: NameReference) => {
    const written = JSON.stringify(text.slice(range.start, range.end));
    const resolved = (where?: DeploymentScope) =>
      resolve(where)
        .map((name) => name.text)
        .join(', ');
    const here = resolved(place);
    return `${at(range.start)} ${written} → ${resolved()}${here === resolved() ? '' : ` → ${here}`}`;
  };
  const lines = packs.map((pack) => `${pack.kind} ${line(pack)}`);
  for (const template of packTemplates) {
    const owner = template.pack === undefined ? '' : ` of the pack at ${at(template.pack.range.start)}`;
    lines.push(`template ${at(template.range.start)}${owner}: ${template.ruleCount} rules, ${template.bytes} bytes`);
    lines.push(...template.rules.map((rule) => `  rule ${line(rule)}`));
  }
  if (skippedReason !== undefined) lines.push(skippedReason);
  return lines.map((each) => `${each}\n`).join('');
}
