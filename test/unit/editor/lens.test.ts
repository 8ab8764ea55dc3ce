import assert from 'node:assert/strict';
import { lensTexts } from '../../../src/views/editor/lensText.ts';
import type { TreeOptions } from '../tree/openTree.ts';
import { indexOf, type OpenTemplates, onlyPack, packsNamed, readAll, withDeployments } from './openTemplate.ts';

const titles = ({ deployments }: OpenTemplates, text: string): string[] => {
  const index = indexOf(text);
  return lensTexts(deployments.answers(index, onlyPack(index))).map(({ title }) => title);
};

const read = (text: string, expected: readonly string[], options: TreeOptions = {}) =>
  withDeployments(options, async (open) => {
    assert.deepEqual(titles(open, text), []);
    await readAll(open, indexOf(text));
    assert.deepEqual(titles(open, text), expected);
  });

const s3 = packsNamed(['operational-best-practices-for-amazon-s3']);

describe('what stands above a pack’s resource', () => {
  it('is its score, its failing rules and its region', () => read(s3, ['61.5% · 5 of 5 rules failing · us-east-1']));

  it('is without rules while these are not known', () =>
    withDeployments({}, async (open) => {
      await open.deployments.ask(indexOf(s3));
      await open.quiet();
      assert.deepEqual(titles(open, s3), ['61.5% · us-east-1']);
    }));

  it('is its deployment’s state where that is not complete', () =>
    read(packsNamed(['operational-best-practices-for-encryption-and-keys']), ['no score · CREATE_FAILED · us-east-1']));

  it('is one for each place', () =>
    read(
      packsNamed(['operational-best-practices-for-aws-identity-and-access-management']),
      ['84% · 3 of 9 rules failing · us-east-1', '97% · 1 of 9 rules failing · eu-central-1'],
      { connections: [{ region: 'us-east-1' }, { region: 'eu-central-1' }] },
    ));

  it('says which pack, where a pattern may mean several', () =>
    read(
      `Parameters:\n  Env: { Type: String }\n${packsNamed(['!Join ["", [operational-best-practices-for-a, !Ref Env]]'])}`,
      [
        'operational-best-practices-for-amazon-s3: 61.5% · 5 of 5 rules failing · us-east-1',
        'operational-best-practices-for-aws-identity-and-access-management: 84% · 3 of 9 rules failing · us-east-1',
      ],
    ));

  it('is nothing where nothing is deployed', () => read(packsNamed(['no-such-pack']), []));
});
