import assert from 'node:assert/strict';
import { memoizeResolve } from '../../../src/templates/memoizeResolve.ts';
import type { DeploymentScope } from '../../../src/templates/model.ts';

/** A name, and how often it has been resolved. */
function counted(read: (place: DeploymentScope) => string) {
  const count = { times: 0 };
  const resolve = memoizeResolve((place) => {
    count.times++;
    return [{ kind: 'exact', text: read(place) }];
  });
  return { count, text: (place?: DeploymentScope) => resolve(place)[0]?.text };
}

describe('templates: a name that has been resolved', () => {
  it('is not resolved again, nor in another place where it has nothing of the place in it', () => {
    const { count, text } = counted(() => 'baseline');
    assert.deepEqual([text(), text(), text({ region: 'us-east-1' })], ['baseline', 'baseline', 'baseline']);
    assert.equal(count.times, 1);
  });

  it('is resolved once for each place that it asks for', () => {
    const { count, text } = counted(({ account = '*', region = '*' }) => `${account}-${region}`);
    const places = [{}, { region: 'us-east-1' }, { account: '111122223333', region: 'us-east-1' }];
    const texts = ['*-*', '*-us-east-1', '111122223333-us-east-1'];
    for (let times = 0; times < 2; times++) assert.deepEqual(places.map(text), texts);
    assert.equal(count.times, 3);
  });
});
