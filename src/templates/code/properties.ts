import { type Argument, type Expression, getEntry } from '../expressions/expression.ts';
import type { Program } from './program.ts';

/** A property's value: from a named argument, from an object, or from an object spread into one of them. */
export function findProperty(properties: readonly Argument[], key: string, program: Program): Expression | undefined {
  const named = properties.find(({ name }) => name === key);
  if (named !== undefined) return named.value;
  const containers = properties.filter(
    ({ name, value }) => program.language === 'javascript' || name === 'args' || isContainer(value),
  );
  for (const { value } of containers) {
    const contents = findInContainer(value.kind === 'spread' ? value.of : value, key, program, 0);
    if (contents !== undefined) return contents;
  }
  return undefined;
}

const isContainer = ({ kind }: Expression): boolean => kind === 'spread' || kind === 'call' || kind === 'object';

/** Depth of spread objects. */
const maxSpreadDepth = 4;

function findInContainer(container: Expression, key: string, program: Program, depth: number): Expression | undefined {
  if (depth === maxSpreadDepth) return undefined;
  // `dict(name=…)`, `ConformancePackArgs(name=…)`.
  if (container.kind === 'call') return container.arguments.find(({ name }) => name === key)?.value;
  if (container.kind !== 'object') {
    const declared = program.findDeclaration(container);
    return declared === undefined ? undefined : findInContainer(declared, key, program, depth + 1);
  }
  const ownValue = getEntry(container, key);
  if (ownValue !== undefined) return ownValue;
  for (const { key: spread, value } of container.entries.toReversed()) {
    const contents = spread === undefined ? findInContainer(value, key, program, depth + 1) : undefined;
    if (contents !== undefined) return contents;
  }
  return undefined;
}
