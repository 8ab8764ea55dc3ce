import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';

const src = new URL('../../../src/', import.meta.url);
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts'))
  .map((path) => ({ path, text: readFileSync(new URL(path, src), 'utf8') }));
const findFiles = (pattern: RegExp): string[] =>
  files
    .filter(({ text }) => pattern.test(text))
    .map(({ path }) => path)
    .sort();

describe('the only request that changes something in AWS', () => {
  it('is sent by one file, through a port of its own', () => {
    assert.deepEqual(findFiles(/new StartConfigRulesEvaluationCommand/), ['aws/configRuleEvaluator.ts']);
    assert.deepEqual(findFiles(/implements RuleEvaluator/), ['aws/configRuleEvaluator.ts']);
    assert.deepEqual(findFiles(/\bopenRuleEvaluator\b/), ['aws/openSource.ts', 'extension.ts']);
    assert.deepEqual(findFiles(/\bopenEvaluator\b/), ['extension.ts', 'views/reevaluate/reevaluate.ts']);
  });

  it('needs what only the dialog creates', () => {
    assert.deepEqual(findFiles(/as ConfirmedEvaluation\b/), ['views/reevaluate/confirmEvaluation.ts']);
  });

  it('is the only one: no other command of the SDK writes', () => {
    const commands = files
      .filter(({ path }) => path.startsWith('aws/'))
      .flatMap(({ text }) => [...text.matchAll(/\bnew (\w+Command)\(/g)].map(([, name]) => name));
    assert(commands.length > 15);
    const writing = commands.filter((name = '') => !/^(Describe|Get|List|Select|AssumeRole)/.test(name));
    assert.deepEqual(writing, ['StartConfigRulesEvaluationCommand']);
  });
});
