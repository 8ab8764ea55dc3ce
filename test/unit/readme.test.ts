import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { formatPolicy } from '../../src/compliance/text/policy.ts';
import { root } from '../support/folders.ts';

const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** The IAM actions of the operations of AWS Config that the code imports, from one folder and those below it. */
async function findUsedActions(folder: string): Promise<string[]> {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.ts'));
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  const imports = texts.flatMap(
    (text) => text.match(/^import \{[^}]*\} from '@aws-sdk\/client-config-service'/gm) ?? [],
  );
  const operations = imports.flatMap((text) => [...text.matchAll(/\b(\w+)Command\b/g)].map(([, name]) => name));
  return [...new Set(operations.map((name) => `config:${name}`))].sort();
}

/** The actions of a policy, which must be formatted as *Copy Policy* formats it. */
function readActions(policy: string): string[] {
  const actions: string[] = JSON.parse(policy).Statement[0].Action;
  assert.equal(policy, formatPolicy(actions));
  return actions;
}

describe('README.md', () => {
  const policies = [...readme.matchAll(/```json\n(\{\n {2}"Version"[\s\S]*?)```/g)].map(([, policy = '']) => policy);
  const [minimum = [], everything = [], organization = [], writing = []] = policies.map(readActions);
  const getTable = () => [...new Set([...readme.matchAll(/`(config:\w+)`/g)].map(([, action = '']) => action))].sort();

  it('has policies of the operations that the code uses', async () => {
    assert.equal(policies.length, 4);
    assert.deepEqual([...everything, ...writing].sort(), await findUsedActions(join(root, 'src', 'aws')));
    assert.deepEqual(writing, ['config:StartConfigRulesEvaluation']);
    assert.deepEqual(minimum, [
      'config:DescribeAggregateComplianceByConformancePacks',
      'config:DescribeConformancePackStatus',
      'config:ListConformancePackComplianceScores',
    ]);
    assert.deepEqual(
      organization,
      everything.filter((action) => /OrganizationConformancePack/.test(action)),
    );
  });

  it('says what each permission is used for', () => {
    assert.deepEqual(getTable(), [...everything, ...writing].sort());
  });

  it('names the version of the package and the oldest VS Code', () => {
    assert(readme.includes(`packscope-${manifest.version}.vsix`));
    const [, minor] = /^\^1\.(\d+)\.0$/.exec(manifest.engines.vscode) ?? [];
    assert(readme.includes(`VS Code 1.${minor} or later`));
  });

  it('shows the tree, a panel, a hover and the overview in light and dark', () => {
    for (const picture of ['tree', 'panel', 'hover', 'overview']) {
      for (const theme of ['light', 'dark']) {
        const path = `media/pictures/${picture}-${theme}.png`;
        assert(readme.includes(`](${path})`), path);
        assert(existsSync(join(root, path)), path);
      }
    }
  });

  it('says where to ask and where to report bugs', () => {
    for (const address of [manifest.qna, manifest.bugs.url]) assert(readme.includes(`](${address})`), address);
  });
});

describe('CHANGELOG.md', () => {
  it('begins with the version of the package, and has every version with its date and an address', () => {
    const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
    const headings = [...changelog.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading);
    const versions = headings.filter((heading) => heading !== 'Unreleased' && heading !== '[Unreleased]');
    for (const heading of versions) {
      assert.match(heading, /^\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d$/);
      assert(changelog.includes(`\n${heading.split(' ')[0]}: https://github.com/packscope/packscope/`), heading);
    }
    assert(versions[0]?.startsWith(`[${manifest.version}] - `));
    const known = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'];
    for (const [, group = ''] of changelog.matchAll(/^### (.+)$/gm)) assert(known.includes(group), group);
  });
});
