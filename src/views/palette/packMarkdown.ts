import type { Evaluation } from '../../compliance/model.ts';
import { type AggregatedPack, isAggregated, type OwnPack } from '../../compliance/packRef.ts';
import type { List } from '../../compliance/paging/list.ts';
import { AggregatedPackRules } from '../../compliance/queries/aggregatedPackRules.ts';
import { getCancellations, throwOnFailures, toReadFailures } from '../../compliance/queries/readFailures.ts';
import { findRuleByName } from '../../compliance/ruleName.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';
import { formatAggregatedRules } from '../../reports/copiedAggregatedRules.ts';
import { formatRuleReport } from '../../reports/copiedRules.ts';
import { orderRules } from '../../reports/read/details.ts';
import { formatResourceSections, type ResourceSection } from '../../reports/resourceSections.ts';
import { createAggregatedRuleReport, createRuleReport } from '../panel/panelReports.ts';
import { annotateExceptions } from '../panel/panelResources.ts';
import type { PackCommandContext } from './packCommandContext.ts';
import type { PackPart, ResourceRef } from './packParts.ts';

/** Formats a part of a pack as Markdown. Reads what is missing; throws if anything cannot be read or does not exist. */
export const formatPackPart = (
  commandContext: PackCommandContext,
  part: PackPart,
  signal: AbortSignal,
): Promise<string> =>
  isAggregated(part.pack)
    ? formatAggregatedPart(commandContext, part.pack, part, signal)
    : formatOwnPart(commandContext, part.pack, part, signal);

async function formatOwnPart(
  commandContext: PackCommandContext,
  pack: OwnPack,
  part: PackPart,
  signal: AbortSignal,
): Promise<string> {
  const store = commandContext.estate.getStore(pack.connection);
  const packList = store.findPackList(pack.name);
  const list = store.getRuleList(pack.name);
  await Promise.all([packList.loadAll(signal), list.loadAll(signal)]);
  throwUnlessRead(store, `the rules of ${pack.name}`, list);
  const requested = findRequestedRules(pack.name, list.rows, part);
  const rules = list.rows.filter(({ name }) => part.hasAllRules || requested.has(name));
  const report = createRuleReport(pack, store, toSelection(rules, part));
  // Copies the exceptions that have been read. Reading others would need one more permission.
  const sections = rules.flatMap(({ name, failing }) =>
    requested.has(name) ? toSections(name, annotateExceptions(failing, store.getExceptions(name)), requested) : [],
  );
  return formatRuleReport(report) + formatResourceSections(sections);
}

async function formatAggregatedPart(
  commandContext: PackCommandContext,
  { connection, aggregator, row, readAt }: AggregatedPack,
  part: PackPart,
  signal: AbortSignal,
): Promise<string> {
  const store = commandContext.estate.getStore(connection);
  const location = { aggregator, account: row.account, region: row.region, pack: row.pack };
  const data = new AggregatedPackRules(store, location, () => {});
  try {
    data.ensureLoaded();
    // Without the pack's item its rules are found by counts, and the report says so.
    await Promise.all([data.rules, data.items, data.rows].map((list) => list.loadAll(signal)));
    throwUnlessRead(store, `the rules of ${row.pack}`, data.rules);
    const all = data.findMembership()?.rules.map((rule) => data.describeRule(rule)) ?? [];
    const requested = findRequestedRules(row.pack, all, part);
    const rules = orderRules(
      all.filter(({ name }) => part.hasAllRules || requested.has(name)),
      undefined,
    );
    const sections: ResourceSection[] = [];
    for (const { name } of rules.filter(({ name }) => requested.has(name))) {
      data.loadResources(name, Number.MAX_SAFE_INTEGER);
      const resources = data.getResources(name);
      await resources?.loadAll(signal);
      if (resources) throwUnlessRead(store, `the failing resources of ${name}`, resources);
      sections.push(...toSections(name, resources?.rows ?? [], requested));
    }
    const target = { location, initial: { row, readAt } };
    return formatAggregatedRules(createAggregatedRuleReport(target, data, toSelection(rules, part)), sections);
  } finally {
    data.close();
  }
}

const toSelection = (rules: readonly { readonly name: string }[], { hasAllRules }: PackPart) => ({
  rules: rules.map(({ name }) => name),
  filter: hasAllRules ? '' : 'selected rules',
});

function throwUnlessRead(store: ConnectionStore, what: string, list: List<unknown>): void {
  throwOnFailures([...toReadFailures(store, what, list.errors), ...getCancellations(store, what, list)]);
}

/** The rules to copy with their resources, by their deployed names. Throws if the pack lacks one. */
function findRequestedRules(
  pack: string,
  rules: readonly { readonly name: string }[],
  { resources }: PackPart,
): PackPart['resources'] {
  const entries = [...resources].map(([name, refs]) => {
    const rule = findRuleByName(rules, name);
    if (!rule) throw new Error(`The pack ${pack} has no rule ${name}.`);
    return [rule.name, refs] as const;
  });
  return new Map(entries);
}

/** The section of a rule's requested resources; empty if there are none. Throws if a requested one does not fail the rule. */
function toSections(
  rule: string,
  failing: readonly Evaluation[],
  requested: PackPart['resources'],
): readonly ResourceSection[] {
  const refs = requested.get(rule);
  const resources = refs ? refs.map((ref) => findResource(rule, failing, ref)) : failing;
  return requested.has(rule) && resources.length > 0 ? [{ rule, resources, hasMore: false }] : [];
}

function findResource(rule: string, failing: readonly Evaluation[], { type, id }: ResourceRef): Evaluation {
  const resource = failing.find(({ resourceType, resourceId }) => resourceType === type && resourceId === id);
  if (!resource) throw new Error(`The resource ${id} (${type}) does not fail the rule ${rule}.`);
  return resource;
}
