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
  if (language === undefined) return nothing;
  const { mentions, find, largest } = finders[language];
  if (!mentions(document)) return nothing;
  if (document.text.length > largest) return { ...nothing, skippedReason: 'too large' };
  const found = yield* find(document);
  const packs = eachOnce(found.packs);
  const { packTemplates } = found;
  yield* resolveAll([...packs, ...packTemplates.flatMap(({ rules }) => rules)]);
  return { packs, packTemplates, skippedReason: undefined };
}

/** Removes duplicates: several resources may share the expression of their name. */
const eachOnce = (packs: readonly PackReference[]): readonly PackReference[] => [
  ...new Map(packs.map((pack) => [pack.range.start, pack])).values(),
];

/** Resolves all names in steps. The results are cached by each name. */
function* resolveAll(names: readonly NameReference[]): Work<void> {
  for (const name of names) {
    name.resolve();
    yield;
  }
}

const nothing: TemplateIndex = { packs: [], packTemplates: [], skippedReason: undefined };

interface Finder {
  /** Whether the document mentions packs. A cheap check that skips all other documents. */
  mentions(document: TemplateDocument): boolean;
  find(document: TemplateDocument): Work<TemplateContents>;
  readonly largest: number;
}

const finders: Readonly<Record<Language, Finder>> = {
  cloudformation: {
    mentions: ({ text }) => mentionsPacks(text),
    find: ({ text }) => findInCloudFormation(text),
    largest: maxTemplateLength,
  },
  terraform: { mentions: mentionsInTerraform, find: findInTerraform, largest: maxTemplateLength },
  javascript: { mentions: mentionsInCode, find: findInJavaScript, largest: maxProgramLength },
  python: { mentions: mentionsInCode, find: findInPython, largest: maxProgramLength },
};
