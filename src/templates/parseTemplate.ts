import { findInCloudFormation, mentionsPacks, type TemplateContents } from './cloudformation/find.ts';
import { findInJavaScript, findInPython, mentionsPacks as mentionsInCode } from './code/find.ts';
import { detectLanguage, type Language } from './language.ts';
import type { NameReference, PackReference, TemplateDocument, TemplateIndex } from './model.ts';
import { findInTerraform, mentionsPacks as mentionsInTerraform } from './terraform/find.ts';
import { runInSlices, type Work } from './timeSlicing.ts';

/** Characters. Larger documents contain data rather than templates. */
export const maxTemplateLength = 1_100_000;
/**
 * Characters. Programs are parsed as a whole because a name may be declared anywhere. Hand-written ones are far
 * smaller.
 */
export const maxProgramLength = 500_000;

/**
 * Finds the names of conformance packs and of rules in pack templates without blocking the event loop. Rejects only
 * with the signal's reason.
 */
export const parseTemplate = (document: TemplateDocument, signal?: AbortSignal): Promise<TemplateIndex> =>
  runInSlices(indexDocument(document), signal);

/** The work of `parseTemplate`. Each step is short. */
export function* indexDocument(document: TemplateDocument): Work<TemplateIndex> {
  const language = detectLanguage(document.path);
  if (language === undefined) return emptyIndex;
  const { mentions, find, maxLength } = parsers[language];
  if (!mentions(document)) return emptyIndex;
  if (document.text.length > maxLength) return { ...emptyIndex, skippedReason: 'too large' };
  const contents = yield* find(document);
  const packs = removeDuplicates(contents.packs);
  const { packTemplates } = contents;
  yield* resolveAll([...packs, ...packTemplates.flatMap(({ rules }) => rules)]);
  return { packs, packTemplates, skippedReason: undefined };
}

/** Removes duplicates: several resources may share the expression of their name. */
const removeDuplicates = (packs: readonly PackReference[]): readonly PackReference[] => [
  ...new Map(packs.map((pack) => [pack.range.start, pack])).values(),
];

/** Resolves all names in steps. The results are cached by each name. */
function* resolveAll(names: readonly NameReference[]): Work<void> {
  for (const name of names) {
    name.resolve();
    yield;
  }
}

const emptyIndex: TemplateIndex = { packs: [], packTemplates: [], skippedReason: undefined };

interface LanguageParser {
  /** Whether the document mentions packs. A cheap check that skips all other documents. */
  mentions(document: TemplateDocument): boolean;
  find(document: TemplateDocument): Work<TemplateContents>;
  readonly maxLength: number;
}

const parsers: Readonly<Record<Language, LanguageParser>> = {
  cloudformation: {
    mentions: ({ text }) => mentionsPacks(text),
    find: ({ text }) => findInCloudFormation(text),
    maxLength: maxTemplateLength,
  },
  terraform: { mentions: mentionsInTerraform, find: findInTerraform, maxLength: maxTemplateLength },
  javascript: { mentions: mentionsInCode, find: findInJavaScript, maxLength: maxProgramLength },
  python: { mentions: mentionsInCode, find: findInPython, maxLength: maxProgramLength },
};
