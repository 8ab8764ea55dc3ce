import assert from 'node:assert/strict';
import { getImportPaths } from '../../../src/templates/code/importPaths.ts';
import type { LinkedLanguage } from '../../../src/templates/language.ts';
import { findReferring, indexLinks, readLinkedFiles } from '../../../src/templates/linkedFiles.ts';
import { getSourcedPaths } from '../../../src/templates/shell/sourcedScripts.ts';
import { runInSlices } from '../../../src/timeSlicing.ts';

const createImport = (link: string): string => `import { x } from '${link}';\n`;

const indexFiles = (language: LinkedLanguage, files: Readonly<Record<string, string>>) =>
  Promise.all(Object.entries(files).map(([path, text]) => runInSlices(indexLinks(language, path, text))));

/** Reads the files that are linked with one of some files in memory. */
async function readPaths(language: LinkedLanguage, path: string, files: Readonly<Record<string, string>>) {
  let reads = 0;
  const links = await indexFiles(language, files);
  const linked = await readLinkedFiles(language, path, files[path] ?? '', {
    readFile: async (each) => {
      reads++;
      return files[each];
    },
    findReferring: (each) => runInSlices(findReferring(language, links, each)),
  });
  for (const [each, text] of linked) assert.equal(text, files[each]);
  return { paths: [...linked.keys()].sort(), reads };
}

describe('readLinkedFiles', () => {
  it('reads what a program imports and what imports it, also through files that pass it on', async () => {
    const files = {
      '/a/lib/stack.ts': "import { Base } from './base';\nimport { Stack } from 'aws-cdk-lib';\n",
      '/a/lib/base.ts': "import { prefix } from '../config/names.js';\n",
      '/a/config/names.ts': '',
      '/a/lib/index.ts': "export * from './stack';\n",
      '/a/bin/app.ts': "import { PackStack } from '../lib';\nimport { stages } from './stages';\n",
      '/a/bin/stages.ts': '',
      '/a/bin/plain.js': "const { PackStack } = require('../lib/stack');\n",
      '/a/bin/alias.ts': "import { PackStack } from '@lib/stack';\n",
      '/a/bin/other.ts': "import { stages } from './stages';\n",
    };
    const expected = Object.keys(files).filter((path) => !/\/stack\.ts|other/.test(path));
    assert.deepEqual((await readPaths('javascript', '/a/lib/stack.ts', files)).paths, expected.sort());
  });

  it('reads what a program in Python imports and what imports it', async () => {
    const files = {
      '/a/app.py': 'from stacks.pack import PackStack\nimport os\n',
      '/a/stacks/pack.py': 'from .names import prefix\n',
      '/a/stacks/names.py': '',
    };
    assert.deepEqual((await readPaths('python', '/a/stacks/pack.py', files)).paths, [
      '/a/app.py',
      '/a/stacks/names.py',
    ]);
  });

  it('reads the scripts that a script sources and that source it', async () => {
    const files = {
      '/a/scripts/lib/packs.sh': '. "${BASH_SOURCE%/*}/names.env"\nsource ~/.bashrc\n. /etc/profile\n',
      '/a/scripts/lib/names.env': '',
      '/a/scripts/deploy.sh': 'if true; then source "$(cd "$(dirname "$0")" && pwd)/lib/packs.sh" dev; fi\n',
      '/a/other.sh': '# source scripts/lib/packs.sh\n./scripts/lib/packs.sh\n',
      '/etc/profile': '',
      '/a/scripts/lib/.bashrc': '',
    };
    assert.deepEqual((await readPaths('shell', '/a/scripts/lib/packs.sh', files)).paths, [
      '/a/scripts/deploy.sh',
      '/a/scripts/lib/names.env',
    ]);
  });

  it('reads the main file of a service, and what that includes', async () => {
    const files = {
      '/a/serverless.yml': 'custom: ${file(./config/names.yml):prod}\nresources: ${file(resources/packs.yml)}\n',
      '/a/config/names.yml': 'prod: x\n',
      '/a/resources/packs.yml': 'Resources: # ${self:custom.name}\n',
      '/a/other.yml': '',
    };
    const { paths } = await readPaths('cloudformation', '/a/resources/packs.yml', files);
    assert.deepEqual(paths, ['/a/config/names.yml', '/a/serverless.yml']);
  });

  it('ends if files refer to each other', async () => {
    const files = { '/w/a.ts': "import './b';\nimport b from './b';\n", '/w/b.ts': "import a from './a';\n" };
    assert.deepEqual((await readPaths('javascript', '/w/a.ts', files)).paths, ['/w/b.ts']);
  });

  it('reads a bounded number of files, whatever refers to what', async () => {
    const name = (index: number) => `file${index}`;
    const all = Array.from({ length: 300 }, (_, index) => `import { x } from './${name(index)}';\n`).join('');
    const files = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`/w/${name(index)}.ts`, all]));
    const { paths, reads } = await readPaths('javascript', '/w/file7.ts', files);
    assert(paths.length <= 40 && paths.length >= 15, `${paths.length} files`);
    assert(reads <= 1_020, `${reads} reads`);
  });

  it('takes no longer than a glance at hostile texts', () => {
    const texts = [`from${' '.repeat(400_000)}x`, `from ${'.'.repeat(400_000)}`, `import ${'a,'.repeat(200_000)}`];
    for (const text of texts) for (const path of ['/a.py', '/a.ts']) indexLinks('python', path, text).next();
    for (const text of ['source '.repeat(60_000), `. ${'$('.repeat(200_000)}`, '${file('.repeat(60_000)])
      for (const language of ['shell', 'cloudformation'] as const) indexLinks(language, '/serverless.yml', text).next();
    for (const link of [`${'a'.repeat(199)}!`, '../'.repeat(60), '@'.repeat(200)])
      [...indexLinks('javascript', '/a.ts', createImport(link))];
  });
});

describe('findReferring', () => {
  const names = ['names', 'names.js', 'a.b/names', 'index', 'index.js', 'js', 'lib/index/index', 'x.json', '[id]'];
  const folders = ['./', '../', '../../', '../lib/', './x/../', '@/', '@app/', '~/../', '#lib/', 'lib/', ''];
  const samples = [
    {
      language: 'javascript',
      paths: ['/w/a.ts', '/w/lib/index.ts', '/w/app/bin/deep/b.ts'],
      links: folders.flatMap((folder) => ['', '.', '..', ...names].map((name) => folder + name)),
      getPaths: getImportPaths,
      write: createImport,
    },
    {
      language: 'python',
      paths: ['/w/a.py', '/w/lib/__init__.py', '/w/app/bin/deep/b.py'],
      links: ['names', 'lib.names', '.names', '..', '..lib.names', 'index.py', '.lib.__init__', 'lib.json.py'],
      getPaths: getImportPaths,
      write: (link: string) => (link.startsWith('.') ? `from ${link} import X\n` : `import ${link}\n`),
    },
    {
      language: 'shell',
      paths: ['/w/a.sh', '/w/lib/index', '/w/app/bin/deep/.env'],
      links: ['names.sh', './lib/names.sh', '../.env', 'sh', './a/../names'],
      getPaths: getSourcedPaths,
      write: (link: string) => `source ${link}\n`,
    },
  ] as const;
  for (const { language, paths, links, getPaths, write } of samples) {
    it(`finds every link that may mean the other file: ${language}`, async () => {
      const files = paths.flatMap((path) => links.map((link) => ({ path, link, meant: getPaths(path, link) })));
      const indexed = await Promise.all(
        files.map(({ path, link }) => runInSlices(indexLinks(language, path, write(link)))),
      );
      for (const other of new Set(files.flatMap(({ meant }) => meant))) {
        const expected = files.filter(({ meant }) => meant.includes(other)).map(({ path }) => path);
        assert.deepEqual(await runInSlices(findReferring(language, indexed, other)), expected, other);
      }
    });
  }

  it('searches one file per step, and only its links that end as the path of the other file', async () => {
    const files = Array.from({ length: 50 }, (_, index) => ({ path: `/w/${index}.ts`, links: [] }));
    assert.equal([...findReferring('javascript', files, '/w/x.ts')].length, files.length);

    const text = ['../lib/names', './other/names.js', '@/lib', '@app/lib', '..//'].map(createImport).join('');
    const { links } = await runInSlices(indexLinks('javascript', '/w/bin/app.ts', text));
    const ends = ['/lib/names', '/other/names', '/lib', '/app/lib', '/w'];
    assert.deepEqual([...new Set(links.map(({ pathEnd }) => pathEnd))], ends);
  });
});
