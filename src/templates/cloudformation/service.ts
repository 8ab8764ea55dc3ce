import { OPEN } from '../values.ts';
import { createTextNode, type DocumentNode, getChild, type ScalarNode } from './tree.ts';

/** What the variables of a Serverless file refer to. */
export interface Service {
  /** The main file, which is `self`. */
  readonly root: DocumentNode;
  /** Finds a file by its path from the main file. `unknownNode` if the file is executed or no data. */
  readonly findFile: (path: string) => DocumentNode | undefined;
}

/** A value that only the deployment knows. */
export const unknownNode: DocumentNode = createTextNode(OPEN, { start: 0, end: 0 });

/** Matches a text that includes a whole file: `custom: ${file(./custom.yml)}`. */
const wholeFile = /^\$\{file\(([^()$]*)\)\}$/;

/** A node, or the root of the file that it includes. */
export function include(
  node: DocumentNode | undefined,
  { findFile }: Pick<Service, 'findFile'>,
): DocumentNode | undefined {
  const [, file] = (node?.kind === 'scalar' && wholeFile.exec(node.text)) || [];
  return file === undefined ? node : findFile(file.trim());
}

/** A member of a map or a list, also of one in another file. */
export function findMember(node: DocumentNode | undefined, key: string, service: Service): DocumentNode | undefined {
  const parent = include(node, service);
  if (parent?.kind === 'list') return /^\d+$/.test(key) ? parent.items[Number(key)] : undefined;
  if (parent?.kind !== 'scalar') return getChild(parent, key);
  // A variable may stand for a map.
  return parent.text.includes('${') || parent.text.includes(OPEN) ? unknownNode : undefined;
}

/** Whether a value is a word or a number rather than a text. */
const isUnquoted = ({ intrinsic, range, textRange }: ScalarNode): boolean =>
  intrinsic === undefined && range.start === textRange.start && range.end === textRange.end;

/** Whether a value counts as missing. */
export const isNull = (node: DocumentNode): boolean =>
  node.kind === 'scalar' && isUnquoted(node) && /^(?:null|Null|NULL|~|)$/.test(node.text);

/** Whether a value is a number that is written again in another way, which the version of YAML decides: `007`, `1.0`. */
export function isRewrittenNumber(node: DocumentNode): boolean {
  if (node.kind !== 'scalar' || !/^[-+.\d]/.test(node.text) || !isUnquoted(node)) return false;
  const number = Number(node.text);
  return !Number.isNaN(number) && String(number) !== node.text;
}
