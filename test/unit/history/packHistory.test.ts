import assert from 'node:assert/strict';
import { toRecordedPackState } from '../../../src/aws/convertRecordedPackState.ts';
import { RecordedStates } from '../../../src/views/panel/recordedStates.ts';
import type { RecordedStateList } from '../../../src/webview/pack/protocol.ts';
import { withTree } from '../../support/tree/openTree.ts';

const recorded = 'conformance-pack-172lcbx9s';

describe('the history that AWS Config has recorded of a pack', () => {
  const read = async (packId: string, faults = {}) => {
    const reported: RecordedStateList[] = [];
    await withTree({ attempts: 1 }, async ({ estate, service }) => {
      service.faults = faults;
      const states = new RecordedStates((history) => reported.push(history));
      const store = estate.getStore({});
      await states.load(store, packId);
      assert.equal(states.forgetOthers(packId), false);
      states.report(store);
      assert.equal(states.forgetOthers('another deployment'), true);
      const count = reported.length;
      states.report(store);
      assert.equal(reported.length, count, 'forgotten states are not reported');
    });
    return reported.at(-1) ?? assert.fail('nothing was reported');
  };

  it('is read to its end, newest first', async () => {
    const { states, isComplete, problems } = await read(recorded, { emptyPageEvery: 2 });
    assert(isComplete && states.length > 2);
    assert.deepEqual(problems, []);
    const times = states.map(({ at }) => at);
    assert.deepEqual(
      times,
      times.toSorted((a, b) => b - a),
    );
    assert(states.every(({ rules }) => rules && rules.compliant <= rules.total));
  });

  it('names the missing permission', async () => {
    const refuse = { GetResourceConfigHistory: { name: 'AccessDeniedException' } };
    const { states, problems } = await read(recorded, { refuse });
    assert.deepEqual(states, []);
    assert.match(problems.map(({ title }) => title).join(), /Not permitted: config:GetResourceConfigHistory/);
  });

  it('says that a pack is not recorded', async () => {
    const { states, isComplete, problems } = await read('conformance-pack-aaaaaaaaa');
    assert.deepEqual([states, isComplete], [[], false]);
    assert.match(
      problems.map(({ title, advice }) => `${title}. ${advice}`).join(),
      /has not recorded this pack\. Record the resource type/,
    );
  });

  it('keeps items without counts as gaps', () => {
    const at = 1_700_000_000;
    const convert = (configuration: unknown) =>
      toRecordedPackState({ configurationItemCaptureTime: at, configuration });
    const unknown = { at: at * 1000, compliance: undefined, compliantRules: undefined, totalRules: undefined };
    for (const configuration of [undefined, '', 'null', '{', '[]', 7])
      assert.deepEqual(convert(configuration), unknown);
    assert.deepEqual(convert('{"complianceType":"COMPLIANT","compliantRuleCount":4,"totalRuleCount":4}'), {
      ...unknown,
      compliance: 'COMPLIANT',
      compliantRules: 4,
      totalRules: 4,
    });
    assert.equal(toRecordedPackState({ configuration: '{}' }), undefined);
  });
});
