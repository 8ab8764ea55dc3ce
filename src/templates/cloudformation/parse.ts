import type { SlicedWork } from '../../timeSlicing.ts';
import { isJson, parseJson } from '../syntax/json.ts';
import type { SyntaxDocument } from '../syntax/reparse.ts';
import { parseYaml } from '../syntax/yaml.ts';
import type { DocumentNode } from './tree.ts';

/** Parses a text in YAML or JSON. YAML may contain several documents. */
export function* parseDocuments(text: string, document: SyntaxDocument): SlicedWork<readonly DocumentNode[]> {
  if (!isJson(text)) return yield* parseYaml(text, document);
  const root = yield* parseJson(text, document);
  return root === undefined ? [] : [root];
}
