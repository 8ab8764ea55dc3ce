import type { SlicedWork } from '../../timeSlicing.ts';
import { memoize, once } from '../memoize.ts';
import { findMember, include, isNull, type Service, unknownNode } from './service.ts';
import { type DocumentNode, getChild, getChildren } from './tree.ts';

/** The stage that is deployed unless an option names another. */
export const defaultStage = Symbol('default');

/** A stage that the service does not mention. */
export const otherStage = Symbol('other');

/** A stage, by its name if the service mentions it. */
export type Stage = string | typeof defaultStage | typeof otherStage;

/** The stages of a service and their parameters. */
export interface Stages {
  readonly stages: readonly Stage[];
  /** By stage. `default` counts for all stages. */
  readonly sections: ReadonlyMap<string, readonly Section[]>;
}

/** Parameters of one stage. */
interface Section {
  readonly stage: string;
  readonly getValues: () => Lookup;
}

type Lookup = (name: string) => DocumentNode | undefined;

/** Stages that are read. Services have a few. */
const maxStages = 20;

const defaultKey = 'default';

/** The stages that a service mentions, and others if there are any. */
export const getStages = memoize<Stages, Service>((service) => {
  const sections = [...findSections('params', service), ...findSections('stages', service)];
  const byStage = Map.groupBy(sections, ({ stage }) => stage);
  const names = [...byStage.keys()].filter((name) => name !== defaultKey);
  return { stages: names.length === 0 ? [defaultStage] : [defaultStage, ...names, otherStage], sections: byStage };
}, new WeakMap());

/** Reads the parameters in steps. A service may have thousands. */
export function* prepareStages(service: Service): SlicedWork<void> {
  for (const { getValues } of [...getStages(service).sections.values()].flat()) {
    getValues();
    yield;
  }
}

/** The value of a parameter in a stage. */
export function findParameter(service: Service, name: string, stage: string): DocumentNode | undefined {
  const { sections } = getStages(service);
  for (const key of [stage, defaultKey]) {
    for (const { getValues } of sections.get(key) ?? []) {
      const node = getValues()(name);
      if (node !== undefined) return node;
    }
  }
  return undefined;
}

/** Finds `params.<stage>` or `stages.<stage>.params`. */
function findSections(key: 'params' | 'stages', service: Service): readonly Section[] {
  const section = include(getChild(service.root, key), service);
  if (section === undefined || isNull(section)) return [];
  if (section.kind !== 'map') return [{ stage: defaultKey, getValues: () => () => unknownNode }];
  return section.entries.slice(0, maxStages).map((entry) => ({
    stage: entry.key,
    getValues: once(() => {
      const parameters = key === 'params' ? entry.value : findMember(entry.value, 'params', service);
      return createLookup(include(parameters, service));
    }),
  }));
}

/** Finds the values of a map by name. Those of what is not known are unknown. */
function createLookup(parameters: DocumentNode | undefined): Lookup {
  if (parameters === undefined || isNull(parameters)) return () => undefined;
  if (parameters.kind !== 'map') return () => unknownNode;
  const values = getChildren(parameters);
  return (name) => values.get(name);
}
