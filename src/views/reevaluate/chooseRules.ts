import type { OwnPack } from '../../compliance/packRef.ts';
import { throwOnFailures, toReadFailures } from '../../compliance/queries/readFailures.ts';
import { splitRuleName } from '../../compliance/ruleName.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';
import type { RuleWithFailures } from '../../compliance/store/ruleList.ts';
import { formatCount } from '../../compliance/text/format.ts';
import { choosePack } from '../palette/choosePack.ts';
import type { PackCommandContext } from '../palette/packCommandContext.ts';
import { parseArguments } from '../shared/commandArguments.ts';
import { pickItem } from '../shared/quickPicks.ts';
import { isTreeNode } from '../tree/model/nodes.ts';

const title = 'Re-evaluate';

/** Rules of a pack that a person or a caller has chosen. */
export interface ChosenRules {
  readonly pack: OwnPack;
  /** Deployed names; never empty. */
  readonly rules: readonly string[];
}

/**
 * The rules of a tree node, those that `{ name, account?, region?, rules?, failingOnly? }` names, or those that the user
 * picks; undefined if the user cancels. Reads the rules of the pack. Throws if there are none.
 */
export async function chooseRules(commandContext: PackCommandContext, args: unknown): Promise<ChosenRules | undefined> {
  if (isTreeNode(args) && args.kind === 'rule') {
    const { connection, scope, rule } = args;
    await readRules(commandContext.estate.getStore(connection), args.pack.name);
    return { pack: { connection, scope, name: args.pack.name }, rules: [rule.name] };
  }
  const specified = parseArguments(args, ['name', 'account', 'region', 'rules', 'failingOnly']);
  const { rules: names, failingOnly, ...packArguments } = specified ?? {};
  const pack = await choosePack(commandContext, title, specified ? packArguments : args);
  if (!pack) return undefined;
  if (!('scope' in pack))
    throw new Error('Only packs of your connections’ own accounts and regions can be re-evaluated.');
  const rules = await readRules(commandContext.estate.getStore(pack.connection), pack.name);
  const chosen = specified ? selectRules(rules, names, failingOnly) : await pickRules(rules, pack.name);
  return chosen && { pack, rules: chosen.map(({ name }) => name) };
}

/** Reads the rules, so that the results of an evaluation can be compared with them. */
async function readRules(store: ConnectionStore, pack: string): Promise<readonly RuleWithFailures[]> {
  const list = store.getRuleList(pack);
  await list.loadAll();
  if (list.rows.length > 0) return list.rows;
  throwOnFailures(toReadFailures(store, `the rules of ${pack}`, list.errors));
  throw new Error(`The pack ${pack} has no rules.`);
}

/** The rules with these deployed names or names in the template. Throws if one is unknown, or if none is left. */
function selectRules(
  rules: readonly RuleWithFailures[],
  names: readonly string[] | undefined,
  failingOnly = false,
): readonly RuleWithFailures[] {
  const matches = (rule: RuleWithFailures, name: string) =>
    rule.name === name || splitRuleName(rule.name).templateName === name;
  const unknown = names?.find((name) => !rules.some((rule) => matches(rule, name)));
  if (unknown !== undefined) throw new Error(`The pack has no rule ${unknown}.`);
  const named = names ? rules.filter((rule) => names.some((name) => matches(rule, name))) : rules;
  const selected = failingOnly ? named.filter(isFailing) : named;
  if (selected.length === 0) throw new Error('None of these rules fails.');
  return selected;
}

const isFailing = ({ compliance, failing }: RuleWithFailures): boolean =>
  compliance === 'NON_COMPLIANT' || failing.length > 0;

/** Lets the user choose between the failing rules and all, if these differ. */
async function pickRules(
  rules: readonly RuleWithFailures[],
  pack: string,
): Promise<readonly RuleWithFailures[] | undefined> {
  const failing = rules.filter(isFailing);
  if (failing.length === 0 || failing.length === rules.length) return rules;
  const items = [
    { label: `Failing rules of ${pack}`, description: formatCount(failing.length, 'rule'), rules: failing },
    { label: `All rules of ${pack}`, description: formatCount(rules.length, 'rule'), rules },
  ];
  return (await pickItem(items, { title, placeHolder: 'A dialog asks for confirmation before anything is sent' }))
    ?.rules;
}
