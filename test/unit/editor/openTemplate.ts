import { setImmediate } from 'node:timers/promises';
import { createOpenSource } from '../../../src/aws/openSource.ts';
import { Estate } from '../../../src/compliance/store/estate.ts';
import type { PackReference, TemplateIndex } from '../../../src/templates/model.ts';
import { Deployments } from '../../../src/views/editor/deployments.ts';
import type { ConfigService } from '../../config-service/index.ts';
import { indexAtOnce } from '../templates/indexAtOnce.ts';
import { type TreeOptions, withTree } from '../tree/openTree.ts';

/** What stands in templates, down to the wire, on a service of its own. */
export interface OpenTemplates {
  readonly service: ConfigService;
  readonly estate: Estate;
  readonly deployments: Deployments;
  /** Resolves when nothing is under way. */
  quiet(): Promise<void>;
}

export interface TemplatesOptions extends TreeOptions {
  /** Whether the workspace is trusted: it is, where absent. */
  readonly trusted?: boolean;
}

/** Runs `use` where nothing has been asked yet, and nothing else asks. */
export function withDeployments(options: TemplatesOptions, use: (open: OpenTemplates) => Promise<void>): Promise<void> {
  return withTree(options, async ({ service }) => {
    const { pageSize = 100 } = options;
    const estate = new Estate({
      open: createOpenSource({ pageSize: () => pageSize, requestsPerSecond: () => 1000, log: () => {} }),
      aggregatorNames: () => [],
    });
    try {
      await use(openOn(service, estate, options));
    } finally {
      estate.dispose();
    }
  });
}

/** Runs `use` beside a tree that has been read. */
export function withTreeBeside(options: TemplatesOptions, use: (open: OpenTemplates) => Promise<void>): Promise<void> {
  return withTree(options, async ({ service, estate, shown }) => {
    shown.open();
    await shown.quiet();
    service.requests.clear();
    await use(openOn(service, estate, options));
  });
}

function openOn(service: ConfigService, estate: Estate, options: TemplatesOptions): OpenTemplates {
  const { connections = [{}], trusted = true } = options;
  return {
    service,
    estate,
    deployments: new Deployments(
      estate,
      () => connections,
      () => trusted,
    ),
    async quiet() {
      while (estate.isLoading) {
        await new Promise<void>((resolve) => {
          const stop = estate.onDidChange(() => {
            stop();
            resolve();
          });
        });
        await setImmediate();
      }
    },
  };
}

/** What a CloudFormation template says of packs. */
export const indexOf = (text: string): TemplateIndex => indexAtOnce({ path: 'template.yaml', text });

/** A template with one pack for each name, which is written as it is given. */
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

/** A conformance pack's own template, with rules of these names. */
export const packTemplate = (rules: readonly string[], indent = ''): string =>
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

/** The only pack of a template. */
export function onlyPack({ packs }: TemplateIndex): PackReference {
  const [only, ...others] = packs;
  if (!only || others.length > 0) throw new Error(`The template has ${packs.length} packs`);
  return only;
}

/** Asks for a document, and for the rules of every pack that is found, as a person does who looks at them all. */
export async function readAll({ deployments, quiet }: OpenTemplates, index: TemplateIndex): Promise<void> {
  await deployments.ask(index);
  for (const pack of index.packs) await deployments.askNames(pack);
  await quiet();
  const answers = index.packs.flatMap((pack) => deployments.answers(index, pack));
  for (const { deployed } of answers) for (const { rules } of deployed) rules.ensureLoaded();
  await quiet();
}
