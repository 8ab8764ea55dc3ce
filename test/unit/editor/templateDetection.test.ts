import assert from 'node:assert/strict';
import { detectLanguage, type Language } from '../../../src/templates/language.ts';

const languages: Readonly<Record<string, Language | undefined>> = {
  'main.tf': 'terraform',
  'MAIN.TF': 'terraform',
  'main.tofu': 'terraform',
  'main.tf.json': 'terraform',
  'prod.tfvars': 'terraform',
  'prod.tfvars.json': 'terraform',
  'stack.yaml': 'cloudformation',
  'stack.json': 'cloudformation',
  'stack.template': 'cloudformation',
  'app.mts': 'javascript',
  'app.jsx': 'javascript',
  'app.py': 'python',
  'deploy.sh': 'shell',
  'README.md': 'markdown',
  'notes.txt': undefined,
};

describe('detectLanguage', () => {
  for (const [path, language] of Object.entries(languages)) {
    it(`returns ${language} for ${path}`, () => assert.equal(detectLanguage(path), language));
  }
});
