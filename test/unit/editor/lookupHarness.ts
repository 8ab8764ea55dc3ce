import { setImmediate } from 'node:timers/promises';
import { Estate } from '../../../src/compliance/store/estate.ts';
import type { PackReference, TemplateIndex } from '../../../src/templates/model.ts';
import { PackLookup } from '../../../src/views/editor/packLookup.ts';
import type { ConfigService } from '../../config-service/index.ts';
import { createOpenSource } from '../../support/aws/openSource.ts';
import { indexTemplate } from '../../support/templates/indexTemplate.ts';
import { type TreeOptions, withTree } from '../../support/tree/openTree.ts';

/** A `PackLookup` on a local AWS Config service. */
export interface LookupHarness {
  readonly service: ConfigService;
  readonly estate: Estate;
  readonly lookup: PackLookup;
  /** Resolves when no request is outstanding. */
  waitUntilIdle(): Promise<void>;
}

export interface LookupOptions extends TreeOptions {
  /** Whether the workspace is trusted; true by default. */
  readonly isTrusted?: boolean;
}

/** Runs `use` on stores that nothing else loads. */
export function withLookup(options: LookupOptions, use: (harness: LookupHarness) => Promise<void>): Promise<void> {
  return withTree(options, async ({ service }) => {
    const { pageSize = 100 } = options;
    const estate = new Estate({
      open: createOpenSource({ pageSize: () => pageSize, requestsPerSecond: () => 1000, log: () => {} }),
      aggregatorNames: () => [],
    });
    try {
      await use(createHarness(service, estate, options));
    } finally {
      estate.dispose();
    }
  });
}

/** Runs `use` on stores that the sidebar has loaded. */
export function withLoadedTree(options: LookupOptions, use: (harness: LookupHarness) => Promise<void>): Promise<void> {
  return withTree(options, async ({ service, estate, shown }) => {
    shown.open();
    await shown.waitUntilIdle();
    service.requests.clear();
    await use(createHarness(service, estate, options));
  });
}

function createHarness(service: ConfigService, estate: Estate, options: LookupOptions): LookupHarness {
  const { connections = [{}], isTrusted = true } = options;
  return {
    service,
    estate,
    lookup: new PackLookup(
      estate,
      () => connections,
      () => isTrusted,
    ),
    async waitUntilIdle() {
      while (estate.isLoading()) {
        await new Promise<void>((resolve) => {
          const unsubscribe = estate.onDidChange(() => {
            unsubscribe();
            resolve();
          });
        });
        await setImmediate();
      }
    },
  };
}

/** The index of a CloudFormation template. */
export const indexOf = (text: string): TemplateIndex => indexTemplate({ path: 'template.yaml', text });

/** A template with one pack per name; a name may be any YAML. */
export const packsNamed = (names: readonly string[]): string =>
  ['Resources:', ...names.map((name, index) => packResource(`Pack${index}`, name))].join('\n');

export const packResource = (id: string, name: string): string => `  ${id}:
    Type: AWS::Config::ConformancePack
    Properties:
      ConformancePackName: ${name}`;

export const organizationPack = (name: string): string => `Resources:
  Pack:
    Type: AWS::Config::OrganizationConformancePack
    Properties:
      OrganizationConformancePackName: ${name}`;

/** A rule template with rules of these names. */
export const ruleTemplate = (rules: readonly string[], indent = ''): string =>
  ['Resources:', ...rules.map(ruleResource)]
    .join('\n')
    .split('\n')
    .map((line) => indent + line)
    .join('\n');

const ruleResource = (name: string, index: number): string => `  Rule${index}:
    Type: AWS::Config::ConfigRule
    Properties:
      ConfigRuleName: ${name}
      Source: { Owner: AWS, SourceIdentifier: SOME_RULE }`;

/** The only pack of a template, not counting where its name is written elsewhere, as in the default of a parameter. */
export function onlyPack({ packs }: TemplateIndex): PackReference {
  const [only, ...others] = packs.filter(({ isSource }) => !isSource);
  if (!only || others.length > 0) throw new Error(`The template has ${packs.length} packs`);
  return only;
}

/** Loads a document's packs, and the rules and failing results of every matching pack. */
export async function loadEverything({ lookup, waitUntilIdle }: LookupHarness, index: TemplateIndex): Promise<void> {
  await lookup.requestPacks(index);
  for (const pack of index.packs) await lookup.requestDeployedNames(pack);
  await waitUntilIdle();
  lookup.requestRules(index.packs.flatMap((pack) => lookup.find(index, pack)).flatMap(({ packs }) => packs));
  await waitUntilIdle();
}
