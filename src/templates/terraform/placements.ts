import { type Expression, getPath } from '../expressions/expression.ts';
import type { Placement } from '../model.ts';
import type { Attribute } from '../syntax/hclStatements.ts';
import { isOpen, type Value } from '../values.ts';
import type { Block } from './blocks.ts';
import type { Files } from './files.ts';
import type { FolderBlocks } from './overrides.ts';
import { maxCallDepth } from './paths.ts';
import { findModules } from './variableAssignments.ts';

/** More scopes are not distinguished. */
const maxPlacements = 32;

/**
 * Where the resources or modules of a block are deployed. Each placement's group is the provider and, as the branches
 * of a condition exclude each other, the number of instances.
 */
export function findPlacements(files: Files, folder: string, block: Block, text?: string): readonly Placement[] {
  const provider = getProvider(block);
  const count = block.attributes.get('count') ?? block.attributes.get('for_each');
  const group = [provider, count && toComparableText(count, text)].join(' ');
  if (provider === undefined || (block.type === 'module' && mayChooseRegion(files, folder, block))) return [{ group }];
  const region = block.type === 'resource' ? block.attributes.get('region')?.getExpression() : undefined;
  const regions = evaluateTexts(files, folder, block, region);
  const placements = findProviders(files, folder, provider, 0).flatMap((scope) =>
    (region === undefined ? [scope.region] : (regions ?? [undefined])).map((each) => ({
      group,
      region: each,
      account: scope.account,
    })),
  );
  const unique = [...new Map(placements.map((each) => [`${each.region} ${each.account}`, each])).values()];
  return unique.length === 0 || unique.length > maxPlacements ? [{ group }] : unique;
}

type ProviderScope = Omit<Placement, 'group'>;

/** `aws.alias`, or the provider that a module block passes on. Undefined if it passes several. */
function getProvider({ type, labels: [label = ''], attributes }: Block): string | undefined {
  // The provider `awscc` has other resource types than `aws`.
  if (type !== 'module') return getName(attributes.get('provider')?.getExpression()) ?? label.split('_')[0];
  const passed = getPassedProviders(attributes.get('providers')?.getExpression());
  const [only, ...others] = passed.values();
  return passed.get(defaultProvider) ?? (others.length > 0 ? undefined : (only ?? defaultProvider));
}

/** Whether the packs of a called module may be in another region than its provider. */
function mayChooseRegion(files: Files, folder: string, call: Block): boolean {
  const called = files.findCalledFolder(folder, call);
  const packs = called === undefined ? [] : files.getFolderBlocks(called).getPacks();
  return call.attributes.has('region') || packs.some(({ attributes }) => attributes.has('region'));
}

const defaultProvider = 'aws';

/** The providers of a called module by name. */
const getPassedProviders = (expression: Expression | undefined): ReadonlyMap<string, string> =>
  new Map(
    (expression?.kind === 'object' ? expression.entries : []).flatMap(({ key, value }) => {
      const [inner, outer] = [getName(key), getName(value)];
      return inner === undefined || outer === undefined ? [] : [[inner, outer] as const];
    }),
  );

/** `aws.alias`, which older configurations write in quotes. */
function getName(expression: Expression | undefined): string | undefined {
  if (expression?.kind === 'literal') return String(expression.value);
  return expression && getPath(expression)?.join('.');
}

/** The scopes of a provider: of its block, or of the providers that the module's callers pass. */
function findProviders(files: Files, folder: string, provider: string, depth: number): readonly ProviderScope[] {
  const block = findProviderBlock(files, folder, provider);
  if (block !== undefined) return evaluateProvider(files, folder, block);
  const scopes: ProviderScope[] = [];
  for (const { caller, call } of depth === maxCallDepth ? [] : files.findCalls(folder)) {
    if (scopes.length >= maxPlacements) break;
    const passed = getPassedProviders(call.attributes.get('providers')?.getExpression()).get(provider);
    // Without an alias, a provider is inherited.
    const isKnown = passed !== undefined || !provider.includes('.');
    scopes.push(...(isKnown ? findProviders(files, caller, passed ?? provider, depth + 1) : [{}]));
  }
  return scopes.length === 0 ? [{}] : scopes;
}

/** The blocks of a folder's providers by name: `aws` or `aws.alias`. */
const providers = new WeakMap<FolderBlocks, ReadonlyMap<string, Block>>();

function findProviderBlock(files: Files, folder: string, provider: string): Block | undefined {
  const blocks = files.getFolderBlocks(folder);
  const byName = providers.get(blocks) ?? groupProviders(blocks.getBlocks('provider'));
  providers.set(blocks, byName);
  return byName.get(provider);
}

/** The first block with a name counts. */
const groupProviders = (blocks: readonly Block[]): ReadonlyMap<string, Block> =>
  new Map(
    blocks.toReversed().map((block) => {
      const alias = getName(block.attributes.get('alias')?.getExpression());
      return [[block.labels[0], ...(alias === undefined ? [] : [alias])].join('.'), block] as const;
    }),
  );

function evaluateProvider(files: Files, folder: string, block: Block): readonly ProviderScope[] {
  const [region, ...otherRegions] =
    evaluateTexts(files, folder, block, block.attributes.get('region')?.getExpression()) ?? [];
  const accounts = block.attributes.get('allowed_account_ids')?.getExpression();
  const [account, ...otherAccounts] =
    (accounts?.kind === 'list' && evaluateTexts(files, folder, block, accounts.items[0])) || [];
  const isOnly = accounts?.kind === 'list' && accounts.items.length === 1 && otherAccounts.length === 0;
  return [{ region: otherRegions.length > 0 ? undefined : region, account: isOnly ? account : undefined }];
}

/** The possible texts of an expression. Undefined if any of them is not known for certain. */
function evaluateTexts(
  files: Files,
  folder: string,
  block: Block,
  expression: Expression | undefined,
): readonly string[] | undefined {
  if (expression === undefined) return undefined;
  const modules = findModules(files, folder, {});
  const values = modules.flatMap((module) => {
    const found = module.evaluateFinalInBlock(block, expression);
    return module.budget.left > 0 ? found : [null];
  });
  return values.length > 0 && values.every(isKnownText) ? [...new Set(values)] : undefined;
}

const isKnownText = (value: Value): value is string => typeof value === 'string' && value !== '' && !isOpen(value);

/** A text that is equal for equal expressions of a file. */
function toComparableText({ base, getExpression }: Attribute, text?: string): string {
  const expression = getExpression();
  return text === undefined ? JSON.stringify(expression) : text.slice(base + expression.start, base + expression.end);
}
