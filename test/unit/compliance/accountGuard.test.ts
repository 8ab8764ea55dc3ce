import assert from 'node:assert/strict';
import { ComplianceError } from '../../../src/compliance/errors.ts';
import type { ComplianceSource } from '../../../src/compliance/source.ts';
import { AccountGuard } from '../../../src/compliance/store/accountGuard.ts';
import { createSource, otherScope, scope } from '../../support/fakeSource.ts';

const { signal } = new AbortController();
const request = { cursor: undefined, signal };

/** Creates a guard around a source with the given scope. */
function createGuard(overrides: Partial<ComplianceSource> = {}) {
  const counts = { opened: 0, changed: 0, requests: 0 };
  const listAggregators = async () => {
    counts.requests += 1;
    return { items: [], next: undefined };
  };
  const source = createSource({ listAggregators, ...overrides });
  const open = async () => {
    counts.opened += 1;
    return source;
  };
  const guard = new AccountGuard({}, open, () => {
    counts.changed += 1;
  });
  return { guard, counts };
}

describe('AccountGuard', () => {
  it('opens the source once, on the first request', async () => {
    const { guard, counts } = createGuard();
    assert.equal(counts.opened, 0);
    await Promise.all([guard.getScope(signal), guard.listAggregators(request)]);
    assert.equal(counts.opened, 1);
  });

  it('opens the source again after a failed attempt', async () => {
    let attempts = 0;
    const open = async (): Promise<ComplianceSource> => {
      attempts += 1;
      throw new ComplianceError('connectionFailed', 'for a test');
    };
    const guard = new AccountGuard({}, open, () => {});
    for (const attempt of [1, 2]) {
      await assert.rejects(guard.listAggregators(request), { kind: 'connectionFailed' });
      assert.equal(attempts, attempt);
    }
  });

  it('sends no request once closed', async () => {
    const { guard, counts } = createGuard();
    guard.close();
    await assert.rejects(guard.listAggregators(request), { kind: 'cancelled' });
    assert.equal(counts.requests, 0);
  });

  it('sends no request that was aborted while the source opened', async () => {
    const { guard, counts } = createGuard();
    const controller = new AbortController();
    const response = guard.listAggregators({ cursor: undefined, signal: controller.signal });
    controller.abort();
    await assert.rejects(response, { name: 'AbortError' });
    assert.equal(counts.requests, 0);
  });

  it('rejects responses that arrive after it was closed', async () => {
    const { guard } = createGuard();
    const response = guard.listAggregators(request);
    guard.close();
    await assert.rejects(response, { kind: 'cancelled' });
    const late = Promise.withResolvers<Awaited<ReturnType<ComplianceSource['listRules']>>>();
    const slow = createGuard({ listRules: () => late.promise });
    const lateResponse = slow.guard.listRules(request, 'pack');
    await slow.guard.getScope(signal);
    slow.guard.close();
    late.resolve({ items: [], next: undefined });
    await assert.rejects(lateResponse, { kind: 'cancelled' });
  });

  it('reports no account change once closed', async () => {
    const late = Promise.withResolvers<never>();
    const { guard, counts } = createGuard({ listRules: () => late.promise });
    const response = guard.listRules(request, 'pack');
    await guard.getScope(signal);
    guard.close();
    late.reject(new ComplianceError('accountChanged', 'for a test'));
    await assert.rejects(response, { kind: 'accountChanged' });
    assert.equal(counts.changed, 0);
  });

  it('reports an account change if it is bound to another scope', async () => {
    const { guard, counts } = createGuard();
    assert(guard.bindScope(otherScope));
    await assert.rejects(guard.getScope(signal), { kind: 'accountChanged' });
    assert.equal(counts.changed, 1);
  });

  it('is bound to the first scope that it reads', async () => {
    const { guard, counts } = createGuard();
    assert.equal(await guard.getScope(signal), scope);
    assert.deepEqual([guard.bindScope(scope), guard.bindScope(otherScope), counts.changed], [true, false, 0]);
  });

  it('reports an account change that the source detects', async () => {
    const listRules = () => Promise.reject(new ComplianceError('accountChanged', 'for a test'));
    const { guard, counts } = createGuard({ listRules });
    await assert.rejects(guard.listRules(request, 'pack'), { kind: 'accountChanged' });
    assert.equal(counts.changed, 1);
  });
});
