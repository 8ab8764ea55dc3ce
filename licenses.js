import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The folders of all packages that the bundles contain. */
const folders = new Set();

/** Collects the packages of each bundle, and writes their licenses to `dist/licenses.txt`. */
export const writeLicenses = {
  name: 'write-licenses',
  setup({ initialOptions, onEnd }) {
    initialOptions.metafile = true;
    onEnd(async ({ metafile }) => {
      if (!metafile) return;
      for (const path of Object.keys(metafile.inputs)) {
        // A plugin's namespace comes first. A package can have packages of its own.
        const [, folder] = /^(?:[\w-]+:)?(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
        if (folder) folders.add(folder);
      }
      await writeFile('dist/licenses.txt', await formatLicenses([...folders].sort()));
    });
  },
};

/** Lists the packages with their versions and licenses. A text that several packages share appears once. */
async function formatLicenses(sortedFolders) {
  const packages = await Promise.all(sortedFolders.map(readPackage));
  const sections = [...Map.groupBy(packages, (each) => findText(each, packages))].map(
    ([text, sharing]) => `${sharing.map(({ title }) => title).join('\n')}\n\n${text}\n`,
  );
  return `Packscope contains these packages.\n\n${sections.join(`\n${'-'.repeat(80)}\n\n`)}`;
}

/**
 * Returns the text of a package's license. Some packages of a project name the license without its text: the text is
 * then that of another package by the same author. Throws if there is none.
 */
function findText({ title, text, license, author }, packages) {
  const matches = packages.filter((each) => each.text && each.license === license && each.author === author);
  const found = text || matches[0]?.text;
  if (!found) throw new Error(`${title} has no text of its license`);
  return found;
}

/** Reads what identifies a package, and the texts of its license and notice. Throws if it names no license. */
async function readPackage(folder) {
  const { name, version, license, author } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  if (!license) throw new Error(`${name} has no license`);
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|copying|notice)\b/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return {
    title: `${name} ${version} (${license})`,
    text: texts.map((each) => each.trim()).join('\n\n'),
    license,
    author: typeof author === 'string' ? author : author?.name,
  };
}
