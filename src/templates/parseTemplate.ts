import { type Found, findInCloudFormation, mentionsPacks } from './cloudformation/find.ts';
import { findInJavaScript, findInPython, mentionsPacks as mentionsInCode } from './code/find.ts';
import { languageOf } from './language.ts';
import type { PackReference, TemplateDocument, TemplateIndex } from './model.ts';
import { findInTerraform, mentionsPacks as mentionsInTerraform } from './terraform/find.ts';

/** Larger documents are data, and reading them would hold up the editor. In characters. */
export const largestDocument = 2_000_000;

/** Finds the names of conformance packs, and of the rules of pack templates, in a document. Never throws. */
export function parseTemplate(document: TemplateDocument): TemplateIndex {
  const language = languageOf(document.path);
  if (language === undefined) return { ...nothing, leftAlone: undefined };
  const { mentions, find } = finders[language];
  if (!mentions(document)) return { ...nothing, leftAlone: undefined };
  if (document.text.length > largestDocument) return { ...nothing, leftAlone: 'too large' };
  const { packs, packTemplates } = find(document);
  return { packs: eachOnce(packs), packTemplates, leftAlone: undefined };
}

/** One reference for each place: several resources may share what names them. */
const eachOnce = (packs: readonly PackReference[]): readonly PackReference[] => [
  ...new Map(packs.map((pack) => [pack.range.start, pack])).values(),
];

const nothing: Found = { packs: [], packTemplates: [] };

const finders = {
  cloudformation: {
    mentions: ({ text }: TemplateDocument) => mentionsPacks(text),
    find: ({ text }: TemplateDocument) => findInCloudFormation(text),
  },
  javascript: { mentions: mentionsInCode, find: findInJavaScript },
  python: { mentions: mentionsInCode, find: findInPython },
  terraform: { mentions: mentionsInTerraform, find: findInTerraform },
};
