import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import manifest from '../../../package.json' with { type: 'json' };
import { root } from '../../support/folders.ts';
import { assertGolden } from '../../support/golden.ts';
import { collectTexts } from './sourceTexts.ts';

/** The keys of the manifest whose values people read. */
const textKeys = new Set([
  ...['displayName', 'name', 'title', 'shortTitle', 'description', 'markdownDescription', 'contents', 'altText'],
  ...['enumDescriptions', 'markdownEnumDescriptions', 'errorMessage', 'deprecationMessage', 'label'],
  ...['userDescription', 'modelDescription'],
]);

/** Collects the texts of a part of the manifest, from its beginning to its end. */
function collectManifestTexts(value: unknown, isText = false): string[] {
  if (typeof value === 'string') return isText ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((each) => collectManifestTexts(each, isText));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => collectManifestTexts(each, textKeys.has(key)));
}

const formatSection = (title: string, texts: readonly string[]): string =>
  `## ${title}\n\n${[...new Set(texts)].map((text) => text.replaceAll('\n', '\\n')).join('\n')}\n`;

/** The code that reads templates has names of syntax instead of texts. */
const syntaxFolders = /^templates\/.+\//;

/** The texts of the code by folder, sorted. */
function collectSourceTexts(): [folder: string, texts: readonly string[]][] {
  const folder = join(root, 'src');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !syntaxFolders.test(file.replaceAll('\\', '/')),
  );
  const byFolder = Map.groupBy(files.sort(), (file) => dirname(file).replaceAll('\\', '/'));
  return [...byFolder].map(([name, files]) => [
    name,
    files.flatMap((file) => collectTexts(readFileSync(join(folder, file), 'utf8'))).sort(),
  ]);
}

describe('the texts that people read', () => {
  it('are listed in one file, by where they appear', () => {
    const { contributes, description, displayName, capabilities } = manifest;
    const sections = [
      formatSection('package.json', collectManifestTexts({ displayName, description, capabilities })),
      ...Object.entries(contributes).map(([name, part]) =>
        formatSection(`package.json: ${name}`, collectManifestTexts(part)),
      ),
      ...collectSourceTexts().map(([folder, texts]) => formatSection(`src/${folder}`, texts)),
    ];
    assertGolden(import.meta.url, 'texts.txt', sections.filter((section) => !section.endsWith('\n\n\n')).join('\n'));
  });
});
