import assert from 'node:assert/strict';
import { ComplianceError } from '../../../src/compliance/errors.ts';
import { FailingRulesReader } from '../../../src/compliance/organization/failingRulesReader.ts';
import type { AggregateRule } from '../../../src/compliance/organizationModel.ts';
import type { FetchPage } from '../../../src/compliance/paging/pages.ts';

const { signal } = new AbortController();
const pageRules = 100;

const createPage = (page: number): readonly AggregateRule[] =>
  Array.from({ length: pageRules }, (_, index) => ({
    rule: `rule-${page}-${index}`,
    account: '000000000001',
    region: 'us-east-1',
    compliance: 'NON_COMPLIANT',
    resources: 1,
    isCapped: false,
  }));

describe('FailingRulesReader', () => {
  it('reads everything although its page token expires after many pages', async () => {
    let tokens = 0;
    const reader = new FailingRulesReader(async ({ cursor }) => {
      const [page = 0, token = 0] = cursor?.split('/').map(Number) ?? [];
      if (page === 50 && token < 100) throw new ComplianceError('staleCursor', 'expired');
      tokens += 1;
      return { items: createPage(page), next: page < 60 ? `${page + 1}/${tokens}` : undefined };
    });
    await reader.read(signal, () => {});
    assert.deepEqual([reader.error, reader.isComplete, reader.rules.length], [undefined, true, 61 * pageRules]);
  });

  for (const [name, createItems] of [
    ['go round', createPage],
    ['stay empty', () => []],
  ] as const)
    it(`notices pages that ${name} with ever new tokens`, async () => {
      let pages = 0;
      const fetch: FetchPage<AggregateRule> = async () => {
        // A reading that does not notice would never end.
        assert(pages < 50_000, `${pages} pages`);
        return { items: createItems(pages % 30), next: `${pages++}` };
      };
      const reader = new FailingRulesReader(fetch);
      await reader.read(signal, () => {});
      assert.deepEqual([reader.error?.kind, reader.isComplete], ['staleCursor', false]);
    });
});
