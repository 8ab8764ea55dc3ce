import { html, type TemplateResult } from 'lit';
import { complianceWord } from '../../compliance/filter.ts';
import { age } from '../../compliance/text/format.ts';
import type { ForeignPack } from '../protocol.ts';

/** A pack in an account that no connection reads: what the aggregator counts, plainly not a score, and what more needs. */
export function foreignView(pack: ForeignPack, now: number): TemplateResult {
  const { account, region, aggregator, compliance, compliantRules, nonCompliantRules, totalRules, readAt } = pack;
  const without = totalRules - compliantRules - nonCompliantRules;
  return html`
    <header>
      <div class="about">
        <h1>${pack.pack}</h1>
        <p>${compliantRules} of ${totalRules} rules passing · ${nonCompliantRules} non-compliant · ${without} without enough data</p>
        <p>These are counts of rules, not a score. The pack is ${compliance ? complianceWord(compliance) : 'in an unknown state'}.</p>
        <p>Account ${account} · region ${region} · through the aggregator ${aggregator}${readAt === undefined ? '' : ` · read ${age(readAt, now)}`}</p>
      </div>
    </header>
    <p class="empty">AWS Config tells a pack’s score, rules and resources only to its own account. To see them, add a profile of
      account ${account} with region ${region} to the setting <code>packscope.connections</code>.</p>
  `;
}
