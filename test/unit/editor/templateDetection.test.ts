import assert from 'node:assert/strict';
import { detectLanguage } from '../../../src/templates/language.ts';
import { isTerraform } from '../../../src/views/editor/templateDetection.ts';

describe('isTerraform', () => {
  for (const path of ['main.tf', 'MAIN.TF', 'main.tofu', 'main.tf.json', 'main.TF.JSON', 'main.tfvars', 'a.yaml']) {
    it(`agrees with the language of ${path}`, () =>
      assert.equal(isTerraform(path), detectLanguage(path) === 'terraform'));
  }

  it('ignores the case of the extension', () => assert.equal(isTerraform('MAIN.TF'), true));
});
