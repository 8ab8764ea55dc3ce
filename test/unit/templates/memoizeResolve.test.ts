import assert from 'node:assert/strict';
import { memoizeResolve } from '../../../src/templates/memoizeResolve.ts';
import type { DeploymentScope } from '../../../src/templates/model.ts';

/** Counts how often a name is resolved. */
function countResolves(read: (scope: DeploymentScope) => string) {
  const count = { times: 0 };
  const resolve = memoizeResolve((scope) => {
    count.times++;
    return [{ kind: 'exact', text: read(scope) }];
  });
  return { count, text: (scope?: DeploymentScope) => resolve(scope)[0]?.text };
}

describe('memoizeResolve', () => {
  it('resolves a name once if it does not depend on the scope', () => {
    const { count, text } = countResolves(() => 'baseline');
    assert.deepEqual([text(), text(), text({ region: 'us-east-1' })], ['baseline', 'baseline', 'baseline']);
    assert.equal(count.times, 1);
  });

  it('resolves a name once per scope if it depends on it', () => {
    const { count, text } = countResolves(({ account = '*', region = '*' }) => `${account}-${region}`);
    const scopes = [{}, { region: 'us-east-1' }, { account: '111122223333', region: 'us-east-1' }];
    const texts = ['*-*', '*-us-east-1', '111122223333-us-east-1'];
    for (let times = 0; times < 2; times++) assert.deepEqual(scopes.map(text), texts);
    assert.equal(count.times, 3);
  });
});
