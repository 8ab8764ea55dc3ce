import { limitTime, runInSlices, type SlicedWork } from '../timeSlicing.ts';
import type { TemplateContents } from './cloudformation/find.ts';
import { detectLanguage, getTraits, type Language, mightContainPacks } from './language.ts';
import type { NameReference, PackReference, TemplateDocument, TemplateIndex } from './model.ts';

/** Milliseconds. The largest templates that people write take less than half of it. */
export const maxWorkMs = 2000;

/** Finds packs and pack templates in a document of one language. */
export type Find = (document: TemplateDocument) => SlicedWork<TemplateContents>;

/** Loads the code of each language. A window rarely needs more than one. */
const finders: Readonly<Record<Language, () => Promise<Find>>> = {
  cloudformation: async () => (await import('./cloudformation/find.ts')).findInCloudFormation,
  terraform: async () => (await import('./terraform/find.ts')).findInTerraform,
  javascript: async () => (await import('./code/javascript.ts')).findInJavaScript,
  python: async () => (await import('./code/python.ts')).findInPython,
  shell: async () => (await import('./shell/find.ts')).findInShell,
  markdown: async () => (await import('./shell/find.ts')).findInMarkdown,
};

export const loadFinder = (language: Language): Promise<Find> => finders[language]();

/**
 * Finds the names of conformance packs and of rules in pack templates without blocking the event loop. Loads the
 * parser of the document's language if the document mentions packs. Rejects only with the signal's reason.
 */
export async function parseTemplate(document: TemplateDocument, signal?: AbortSignal): Promise<TemplateIndex> {
  const language = selectLanguage(document);
  if (language === undefined) return emptyIndex;
  if (document.text.length > getTraits(language).maxLength) return { ...emptyIndex, skippedReason: 'too large' };
  const find = await loadFinder(language);
  const index = await runInSlices(limitTime(indexDocument(document, find), maxWorkMs), signal);
  return index ?? { ...emptyIndex, skippedReason: 'takes too long' };
}

/** The language of a document that contains packs or depends on files that do. */
export function selectLanguage(document: TemplateDocument): Language | undefined {
  const language = mightContainPacks(document) ? detectLanguage(document.path) : undefined;
  if (language === undefined) return undefined;
  const { mentionsPacks } = getTraits(language);
  return mentionsPacks === undefined || mentionsPacks(document) ? language : undefined;
}

/** The work of `parseTemplate` after loading. Each step is short. */
export function* indexDocument(document: TemplateDocument, find: Find): SlicedWork<TemplateIndex> {
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
function* resolveAll(names: readonly NameReference[]): SlicedWork<void> {
  for (const name of names) {
    name.resolve();
    yield;
  }
}

const emptyIndex: TemplateIndex = { packs: [], packTemplates: [], skippedReason: undefined };
