import { roundedGain, splitRuleName } from '../../compliance/impact.ts';
import type { Evaluation } from '../../compliance/model.ts';
import type { ScopeFilter } from '../../compliance/queries/lookup.ts';
import type { RuleList, RuleWithFailures } from '../../compliance/store/ruleList.ts';
import { cutPlaces, notReadThere, placesTold, type ReadPlace, readPlaces, toPackResult } from './places.ts';
import { cutAt, location, type NotRead, standing, type Tool, timestamps } from './tool.ts';

interface PackDetailsInput extends ScopeFilter {
  readonly name: string;
  readonly rule?: string;
  readonly maxResources?: number;
}

/** A place where the pack may be, with the rules that were asked for. */
interface ReadRules {
  readonly place: ReadPlace;
  readonly list: RuleList;
  readonly rules: readonly RuleWithFailures[];
}

/** `packscope_packDetails`: a pack's rules wherever it is deployed, what fails them and what a fix may bring. */
export const packDetails: Tool<PackDetailsInput> = async (stores, input, signal) => {
  const { name, rule, maxResources = 5, ...where } = input;
  const read = await readPlaces(stores, where, name, signal);
  // Where the packs may not be read, the rules still can tell of it.
  const candidates = read.places.filter(({ packs, complete }) => packs.length > 0 || !complete);
  const details = await Promise.all(candidates.map((place) => readRules(place, name, rule, signal)));
  const shown = details.filter(({ place, list }) => place.packs.length > 0 || list.rows.length > 0);
  const notRead = [...read.notRead, ...details.flatMap((each) => notReadOf(each, rule))];
  const entries = shown.flatMap(({ rules }) => rules.flatMap((each) => [each, ...each.failing.slice(0, maxResources)]));
  return {
    entries: entries.length,
    answer: (count, now) => {
      const told = new Set<unknown>(entries.slice(0, count));
      const packs = shown.map((each) => detailsTold(each, name, told, now));
      return {
        ...standing({ notRead, cut: [...cutOf(shown, told), ...cutPlaces(read.places)] }),
        places: placesTold(read.places, now),
        packs,
      };
    },
  };
};

async function readRules(place: ReadPlace, name: string, rule: string | undefined, signal: AbortSignal) {
  const list = place.store.rules(name);
  await list.loadAll(signal);
  const isWanted = (own: string) => rule === undefined || own === rule || splitRuleName(own).own === rule;
  return { place, list, rules: list.rows.filter((each) => isWanted(each.name)) };
}

function notReadOf({ place, list, rules }: ReadRules, rule: string | undefined): NotRead[] {
  // What the pack does not have, a place that does not have the pack says in vain.
  const errors = list.errors.filter(({ kind }) => place.packs.length > 0 || kind !== 'noPack');
  const failed = errors.map((error) => notReadThere('the rules and what fails them', place, error));
  if (rule === undefined || rules.length > 0 || !list.complete) return failed;
  const { connection } = place.store;
  const reason = 'The pack has no such rule here.';
  return [
    ...failed,
    { what: `the rule ${rule}`, ...location(connection, place.scope), reason, advice: 'Ask without rule.' },
  ];
}

/** A pack with those rules and resources that are in `entries`. */
function detailsTold({ place, list, rules }: ReadRules, name: string, entries: ReadonlySet<unknown>, now: number) {
  const pack = place.packs[0] ?? { name, score: undefined, deployment: undefined };
  const percent = pack.score?.percent;
  const failing = list.failing.complete ? list.failing.rows.length : undefined;
  return {
    ...toPackResult(pack, place, now),
    ...timestamps('rulesRead', list.readAt, now),
    failingResults: failing ?? null,
    rules: rules
      .filter((rule) => entries.has(rule))
      .map((rule) => ({
        name: rule.name,
        compliance: rule.compliance ?? null,
        controls: rule.controls,
        // Before all have come, a number would be too small.
        failing: failing === undefined ? null : rule.failing.length,
        estimatedGain: gainOf(rule, percent, failing),
        resources: rule.failing.filter((each) => entries.has(each)).map((each) => resourceTold(each, now)),
      })),
  };
}

/** Points of the score, to two decimals; null where they cannot be estimated. */
function gainOf({ failing: { length } }: RuleWithFailures, percent: number | undefined, failing: number | undefined) {
  if (percent === undefined || failing === undefined) return null;
  return roundedGain(percent, length, failing);
}

const resourceTold = ({ resourceType, resourceId, annotation, evaluatedAt }: Evaluation, now: number) => ({
  type: resourceType,
  id: resourceId,
  ...(annotation !== undefined && { annotation }),
  ...timestamps('evaluated', evaluatedAt, now),
});

function cutOf(shown: readonly ReadRules[], entries: ReadonlySet<unknown>): string[] {
  const rules = shown.flatMap((each) => each.rules);
  const failing = rules.flatMap((rule) => rule.failing);
  const count = (all: readonly unknown[]) => all.filter((each) => entries.has(each)).length;
  const narrower = 'ask for one rule, account or region';
  return [
    ...cutAt(count(rules), rules.length, 'rules', narrower),
    ...cutAt(count(failing), failing.length, 'failing resources', `${narrower}, or give a larger maxResources`),
  ];
}
