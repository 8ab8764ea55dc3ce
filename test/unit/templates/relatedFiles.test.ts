import assert from 'node:assert/strict';
import { getFolder, groupByFolder } from '../../../src/templates/paths.ts';
import { ConfigurationFolders } from '../../../src/templates/terraform/configurationFolders.ts';
import { getModuleFolders, isConfiguration, isVariables } from '../../../src/templates/terraform/paths.ts';
import {
  findCalledFolders,
  readRelatedFiles,
  type TerraformSource,
} from '../../../src/templates/terraform/relatedFiles.ts';
import { runInSlices } from '../../../src/timeSlicing.ts';

const findCalled = (path: string, text: string) => runInSlices(findCalledFolders(path, text));

const callOf = (source: string) => `module "m" {\n  source = "${source}"\n}\n`;

/** Files in memory. */
function createSource(files: Readonly<Record<string, string>>): TerraformSource {
  const paths = Object.keys(files);
  const folders = new ConfigurationFolders(getModuleFolders(paths));
  return {
    readFile: async (path) => files[path],
    readFolder: async (folder) =>
      new Map(
        Object.entries(files).filter(
          ([path]) => getFolder(path) === folder && (isConfiguration(path) || isVariables(path)),
        ),
      ),
    findCallers: async (folder) => {
      const called = Object.entries(files).map(async ([path, text]) =>
        (await findCalled(path, text)).includes(folder) ? [getFolder(path)] : [],
      );
      return (await Promise.all(called)).flat();
    },
    findConfigurations: async (path) => folders.findFor(path),
    findVariableFiles: async (folder) => {
      const variables = groupByFolder(paths.filter(isVariables), (path) => folders.findFor(path));
      return (await runInSlices(variables)).get(folder) ?? [];
    },
  };
}

const readPaths = async (path: string, files: Readonly<Record<string, string>>) =>
  [...(await readRelatedFiles(path, createSource(files))).keys()].sort();

describe('readRelatedFiles', () => {
  it('reads the module, its callers and the modules that these call', async () => {
    const files = {
      'w/root/main.tf': callOf('../modules/pack') + callOf('../modules/label'),
      'w/root/terraform.tfvars': '',
      'w/modules/pack/main.tf': callOf('./inner'),
      'w/modules/pack/inner/main.tf': '',
      'w/modules/label/main.tf': '',
      'w/modules/other/main.tf': '',
      'w/unrelated/main.tf': callOf('../modules/other'),
    };
    const expected = Object.keys(files)
      .filter((path) => !/other|unrelated/.test(path))
      .sort();
    for (const folder of ['w/root', 'w/modules/pack', 'w/modules/pack/inner']) {
      assert.deepEqual(await readPaths(`${folder}/main.tf`, files), expected, folder);
    }
  });

  it('reads the configuration around a variable file', async () => {
    const files = {
      'w/main.tf': callOf('../pack'),
      'w/envs/dev/terraform.tfvars': '',
      'pack/main.tf': '',
    };
    assert.deepEqual(await readPaths('w/envs/dev/terraform.tfvars', files), Object.keys(files).sort());
  });

  it('reads variable files in folders without a configuration', async () => {
    const files = {
      'w/main.tf': '',
      'w/envs/dev/terraform.tfvars': '',
      'w/other/main.tf': '',
      'w/other/terraform.tfvars': '',
    };
    assert.deepEqual(await readPaths('w/main.tf', files), ['w/envs/dev/terraform.tfvars', 'w/main.tf']);
  });

  it('reads variable files beside the folders of configurations', async () => {
    const files = {
      'w/deployments/app/main.tf': '',
      'w/deployments/other/main.tf': '',
      'w/variables/dev/app.tfvars': '',
      'w/deployments/other/own.tfvars': '',
      'x/main.tf': '',
      'x/variables/dev.tfvars': '',
    };
    assert.deepEqual(await readPaths('w/deployments/app/main.tf', files), [
      'w/deployments/app/main.tf',
      'w/variables/dev/app.tfvars',
    ]);
    assert.deepEqual(
      await readPaths('w/variables/dev/app.tfvars', files),
      Object.keys(files)
        .filter((path) => path.startsWith('w/'))
        .sort(),
    );
  });

  it('reads downloaded modules', async () => {
    const manifest = 'w/.terraform/modules/modules.json';
    const files = {
      'w/main.tf': 'module "packs" { source = "example/packs/aws" }',
      [manifest]: '{"Modules":[{"Key":"","Dir":"."},{"Key":"packs","Dir":".terraform/modules/packs"}]}',
      'w/.terraform/modules/packs/main.tf': '',
    };
    assert.deepEqual(await readPaths('w/main.tf', files), Object.keys(files).sort());
    assert.deepEqual(await readPaths('w/.terraform/modules/packs/main.tf', files), Object.keys(files).sort());
  });

  it('follows circular calls and ignores folders that do not exist', async () => {
    const files = { 'a/main.tf': callOf('../b'), 'b/main.tf': callOf('../a') + callOf('../../../..') };
    assert.deepEqual(await readPaths('a/main.tf', files), ['a/main.tf', 'b/main.tf']);
  });

  it('ignores an invalid manifest', async () => {
    for (const text of ['', '[]', '{"Modules":{}}', '{"Modules":[null,1,{"Key":1}]}']) {
      const files = { 'w/main.tf': '', 'w/.terraform/modules/modules.json': text };
      assert.deepEqual(await readPaths('w/main.tf', files), Object.keys(files).sort());
    }
  });

  it('reads a module among thousands of other files', async () => {
    const others = Object.fromEntries(
      Array.from({ length: 2_000 }, (_, index) => [`w/m${index}/main.tf`, callOf(`../m${index + 1}`)]),
    );
    const paths = await readPaths('w/m1000/main.tf', others);
    assert.ok(
      paths.includes('w/m1000/main.tf') && paths.includes('w/m999/main.tf') && paths.includes('w/m1001/main.tf'),
    );
    assert.ok(paths.length < 20, String(paths.length));
  });
});

describe('findCalledFolders', () => {
  it('reads relative sources of HCL and JSON', async () => {
    const calls = [callOf('../b'), callOf('./c/'), callOf('example/packs/aws'), callOf('../b')];
    assert.deepEqual(await findCalled('w/a/main.tf', calls.join('')), ['w/b', 'w/a/c']);
    assert.deepEqual(await findCalled('w/a/main.tf.json', '{ "module": { "m": { "source": ".." } } }'), ['w']);
  });

  it('reads one call per step', () => {
    assert.equal([...findCalledFolders('w/main.tf', callOf('./m').repeat(50))].length, 50);
  });
});
