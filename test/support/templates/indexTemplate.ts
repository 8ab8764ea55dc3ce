import { getTraits } from '../../../src/templates/language.ts';
import type { TemplateDocument, TemplateIndex } from '../../../src/templates/model.ts';
import { indexDocument, loadFinder, selectLanguage } from '../../../src/templates/parseTemplate.ts';
import { limitTime } from '../../../src/timeSlicing.ts';
import { getProcessorTime } from '../processorTime.ts';

const finders = {
  cloudformation: await loadFinder('cloudformation'),
  terraform: await loadFinder('terraform'),
  javascript: await loadFinder('javascript'),
  python: await loadFinder('python'),
  shell: await loadFinder('shell'),
  markdown: await loadFinder('markdown'),
};

/**
 * Indexes a document synchronously, as `parseTemplate` does, but by default without its limit of time, so that a busy
 * machine finds the same. `onStep` receives the processor time of each step in milliseconds.
 */
export function indexTemplate(
  document: TemplateDocument,
  onStep = (_milliseconds: number) => {},
  maxMs = Number.POSITIVE_INFINITY,
): TemplateIndex {
  const language = selectLanguage(document);
  const nothing = { packs: [], packTemplates: [] };
  if (language === undefined) return { ...nothing, skippedReason: undefined };
  if (document.text.length > getTraits(language).maxLength) return { ...nothing, skippedReason: 'too large' };
  const work = limitTime(indexDocument(document, finders[language]), maxMs);
  for (;;) {
    const start = getProcessorTime();
    const step = work.next();
    onStep(getProcessorTime() - start);
    if (step.done) return step.value ?? { ...nothing, skippedReason: 'takes too long' };
  }
}
