import assert from 'node:assert/strict';
import type { AggregateRow } from '../../../src/compliance/model.ts';
import { OrganizationRows } from '../../../src/compliance/organization/organizationRows.ts';
import { filterContents } from '../../../src/views/organization/filterContents.ts';
import { noFilter } from '../../../src/webview/overview/state.ts';

const accounts = ['000000000001', '000000000002'];

const createRow = (account: string): AggregateRow => ({
  account,
  region: 'us-east-1',
  pack: 'security',
  compliance: 'COMPLIANT',
  compliantRules: 1,
  nonCompliantRules: 0,
  totalRules: 1,
});

describe('filterContents', () => {
  it('is not complete if the last rows arrive while earlier ones are ranked', () => {
    const rows = new OrganizationRows(() => Promise.reject(new Error('unused')));
    const reader = { rows, knownAccounts: accounts, knownRegions: [], isComplete: false, unhealthySources: [] };
    rows.columns.add(createRow('000000000001'));
    const work = filterContents({ reader, accountNames: new Map() }, noFilter);
    work.next();
    rows.columns.add(createRow('000000000002'));
    reader.isComplete = true;
    let step = work.next();
    while (!step.done) step = work.next();
    const { isComplete, packs } = step.value;
    assert.deepEqual([isComplete, packs.map(({ accountIndices }) => accountIndices.length)], [false, [1]]);
  });
});
