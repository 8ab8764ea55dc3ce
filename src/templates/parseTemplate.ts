import { type TemplateContents, findInCloudFormation, mentionsPacks } from './cloudformation/find.ts';
import { findInJavaScript, findInPython, mentionsPacks as mentionsInCode } from './code/find.ts';
import { type Language, detectLanguage } from './language.ts';
import type { NameReference, PackReference, TemplateDocument, TemplateIndex } from './model.ts';
import { runInSlices, type Work } from './timeSlicing.ts';
import { findInTerraform, mentionsPacks as mentionsInTerraform } from './terraform/find.ts';

/** In characters. Larger documents are data, and reading them would only cost time. */
export const maxTemplateLength = 1_100_000;
/** Programs are read from end to end, for a name may be declared anywhere; those people write are far smaller. */
export const maxProgramLength = 500_000;

/**
 * Finds the names of conformance packs, and of the rules of pack templates, in a document, without holding the
 * event loop. Rejects with the signal's reason where it is called off, and never else.
 */
export const parseTemplate = (document: TemplateDocument, signal?: AbortSignal): Promise<TemplateIndex> =>
  runInSlices(indexDocument(document), signal);

/** The same as work that can be left: each step of it is short, whatever the document. */
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

/** One reference for each place: several resources may share what names them. */
const eachOnce = (packs: readonly PackReference[]): readonly PackReference[] => [
  ...new Map(packs.map((pack) => [pack.range.start, pack])).values(),
];

/** Names remember what they come to: whoever asks for all of them at once has it without work. */
function* resolveAll(names: readonly NameReference[]): Work<void> {
  for (const name of names) {
    name.resolve();
    yield;
  }
}

const nothing: TemplateIndex = { packs: [], packTemplates: [], skippedReason: undefined };

interface Finder {
  /** Does the document speak of packs at all? Costs next to nothing, so that no other is read. */
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
