import assert from 'node:assert/strict';
import fc from 'fast-check';
import { marked, type Token } from 'marked';
import type { ScopeChanges } from '../../../src/compliance/history/compareScopes.ts';
import type { AggregateRow, Evaluation } from '../../../src/compliance/model.ts';
import { formatChangesDocument } from '../../../src/compliance/text/changesText.ts';
import { addSignIn } from '../../../src/compliance/text/consoleUrls.ts';
import { showInvisible } from '../../../src/compliance/text/plainText.ts';
import { formatAggregatedRules } from '../../../src/reports/copiedAggregatedRules.ts';
import { formatRuleReport } from '../../../src/reports/copiedRules.ts';
import { formatResourceSections } from '../../../src/reports/resourceSections.ts';
import { formatLink } from '../../../src/views/palette/packLink.ts';
import { anyHostileText } from '../../support/hostileText.ts';

const check = (predicate: (text: string) => void): void =>
  fc.assert(fc.property(anyHostileText, predicate), { numRuns: 500 });

/** What of Markdown makes more of a text than a text. Documents have bold titles of their own. */
const active = ['html', 'image', 'code', 'codespan', 'em', 'del', 'def', 'blockquote', 'hr', 'checkbox'];
const ownLink = /^vscode:\/\/packscope\.packscope\/pack\?name=[^\s()<>]*$/;

/** Asserts that a document has no markup but its own, and no links but those to packs. */
function assertInert(markdown: string): void {
  assert.doesNotMatch(markdown.replaceAll('\n', ''), /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  const tokens: Token[] = [];
  marked.walkTokens(marked.lexer(markdown), (token) => {
    tokens.push(token);
  });
  assert.deepEqual(
    tokens.filter(({ type }) => active.includes(type)).map(({ raw }) => raw),
    [],
    markdown,
  );
  for (const token of tokens) if (token.type === 'link') assert.match(String(token.href), ownLink, markdown);
}

const toRow = (text: string): AggregateRow => ({
  pack: text,
  account: text,
  region: text,
  compliance: 'NON_COMPLIANT',
  compliantRules: 1,
  nonCompliantRules: 2,
  totalRules: 3,
});

const times = { before: 0, after: 1 };

/** Changes of every kind, with a text wherever AWS, an earlier session or the settings could have put it. */
function toChanges(text: string): ScopeChanges {
  const pack = { name: text, id: text, percent: 50, computedAt: 0, state: text };
  const rule = { name: text, compliance: text, failing: [{ type: text, id: text }] };
  const reason = text;
  return {
    scope: { account: text, region: text },
    packs: {
      times,
      changes: [
        { direction: 'worse', before: { ...pack, percent: 90, state: 'CREATE_FAILED' }, after: pack },
        { direction: 'vanished', before: pack },
      ],
      uncertain: [{ item: pack, reason }],
    },
    rules: [
      {
        pack: text,
        packId: text,
        times,
        changes: [{ direction: 'better', before: rule, after: rule }],
        uncertain: [{ item: rule, reason }],
        resources: [{ rule: text, nowFailing: rule.failing, noLongerFailing: rule.failing }],
      },
    ],
    aggregators: [
      {
        aggregator: text,
        times,
        changes: [{ direction: 'appeared', after: { ...toRow(text), compliance: text } }],
        uncertain: [{ item: toRow(text), reason }],
        noLongerReporting: [{ account: text, region: text, packs: 1 }],
        newlyReporting: [{ account: text, region: text, packs: 1 }],
      },
    ],
    notCompared: [
      { listId: { kind: 'rules', pack: text, packId: text }, reason: { kind: 'gap', when: 'then', at: 0, reason } },
      {
        listId: { kind: 'rows', aggregator: text, filter: { account: text, region: text, pack: text } },
        reason: { kind: 'notReadNow' },
      },
    ],
  };
}

const toEvaluation = (text: string): Evaluation => ({
  rule: text,
  compliance: 'NON_COMPLIANT',
  resourceType: text,
  resourceId: text,
  annotation: text,
  evaluatedAt: undefined,
});

describe('hostile texts in documents', () => {
  it('are text in Show Changes', () =>
    check((text) =>
      assertInert(
        formatChangesDocument({
          title: text,
          scopes: [toChanges(text)],
          failures: [text],
          writtenAt: 0,
          getLink: (pack) => formatLink('vscode', pack),
        }),
      ),
    ));

  it('are text in what is copied of a pack, a rule and a resource', () =>
    check((text) => {
      const failing = [toEvaluation(text)];
      const report = formatRuleReport({
        target: { connection: {}, scope: { account: text, partition: 'aws', region: text }, name: text },
        pack: { name: text, score: undefined, deployment: undefined },
        rules: [{ name: text, compliance: 'NON_COMPLIANT', failing, controls: [text] }],
        totalFailures: 1,
        filter: text,
        readAt: undefined,
        writtenAt: 0,
      });
      assertInert(report + formatResourceSections([{ rule: text, resources: failing, hasMore: true }]));
    }));

  it('are text in what is copied of a pack of another account', () =>
    check((text) => {
      const report = {
        location: { aggregator: text, account: text, region: text, pack: text },
        accountName: text,
        row: toRow(text),
        evidence: 'none',
        note: text,
        rules: [{ name: text, compliance: 'NON_COMPLIANT', failing: 1, hasMoreFailing: false, resources: undefined }],
        filter: text,
        readAt: undefined,
        writtenAt: 0,
      } as const;
      assertInert(formatAggregatedRules(report, [{ rule: text, resources: [toEvaluation(text)], hasMore: false }]));
    }));

  it('lead nowhere but to a sign-in page with the console page as its destination', () =>
    check((text) => {
      const page = 'https://us-east-1.console.aws.amazon.com/config/home?region=us-east-1';
      for (const startUrl of [text, `https://example.awsapps.com/start${text}`]) {
        const url = addSignIn(page, '111122223333', { startUrl, account: '111122223333', role: text });
        if (url === page) continue;
        const { protocol, username, password, search, hash } = new URL(url);
        assert.deepEqual([protocol, username, password, search], ['https:', '', '', '']);
        const query = new URLSearchParams(hash.replace('#/console?', ''));
        assert.deepEqual(
          [...query],
          [
            ['account_id', '111122223333'],
            ['role_name', text.toWellFormed()],
            ['destination', page],
          ],
        );
        assert.equal(showInvisible(url), url);
      }
    }));
});
