import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeploymentScope, NameReference, TemplateIndex } from '../../../src/templates/model.ts';
import { assertGolden } from '../../support/golden.ts';
import { indexTemplate } from '../../support/templates/indexTemplate.ts';

const folder = import.meta.dirname;
const deploymentScope: DeploymentScope = { account: '111122223333', region: 'us-east-1', partition: 'aws' };
/** Fixtures end in `.txt` so that no tool treats them as this project's code. Many are invalid on purpose. */
const names = globSync('**/*', { cwd: join(folder, 'fixtures') })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.txt'))
  .map((name) => name.slice(0, -'.txt'.length))
  .sort();

describe('parseTemplate', () => {
  for (const name of names) {
    it(`finds the names in ${name}`, () => {
      const text = read(name);
      const description = describeIndex(text, indexTemplate({ path: name, text, files: readRelatedFiles(name) }));
      assertGolden(import.meta.url, `${name}.txt`, description);
    });
  }
});

const read = (name: string) => readFileSync(join(folder, 'fixtures', `${name}.txt`), 'utf8');

/** Reads the files of a fixture's folder that names may depend on. */
function readRelatedFiles(name: string): ReadonlyMap<string, string> {
  const root = name.split('/').slice(0, 2).join('/');
  const patterns = ['**', '.terraform/**'].map(
    (folders) => `${root}/${folders}/*.{tf,tofu,tfvars,json,hcl,ts,js,py,sh,env,yml}.txt`,
  );
  const files = globSync(patterns, { cwd: join(folder, 'fixtures') });
  return new Map(
    files.map((file) => file.replaceAll('\\', '/').slice(0, -'.txt'.length)).map((file) => [file, read(file)]),
  );
}

/** Describes each name: its position, its text, what it resolves to, and what it resolves to in a known scope if that differs. */
function describeIndex(text: string, { packs, packTemplates, skippedReason }: TemplateIndex): string {
  const position = (offset: number) => {
    const lines = text.slice(0, offset).split('\n');
    return `${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`;
  };
  const line = ({ range, resolve }: NameReference) => {
    const source = JSON.stringify(text.slice(range.start, range.end));
    const format = (scope?: DeploymentScope) =>
      resolve(scope)
        .map((name) => name.text)
        .join(', ');
    const inScope = format(deploymentScope);
    return `${position(range.start)} ${source} → ${format()}${inScope === format() ? '' : ` → ${inScope}`}`;
  };
  const lines = packs.map((pack) => `${pack.kind} ${line(pack)}`);
  for (const template of packTemplates) {
    const owner = template.pack === undefined ? '' : ` of the pack at ${position(template.pack.range.start)}`;
    lines.push(
      `template ${position(template.range.start)}${owner}: ${template.ruleCount} rules, ${template.bytes} bytes`,
    );
    lines.push(...template.rules.map((rule) => `  rule ${line(rule)}`));
  }
  if (skippedReason !== undefined) lines.push(skippedReason);
  return lines.map((each) => `${each}\n`).join('');
}
