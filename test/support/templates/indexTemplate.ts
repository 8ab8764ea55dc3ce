import { getTraits } from '../../../src/templates/language.ts';
import type { TemplateDocument, TemplateIndex } from '../../../src/templates/model.ts';
import { indexDocument, loadFinder, selectLanguage } from '../../../src/templates/parseTemplate.ts';

const finders = {
  cloudformation: await loadFinder('cloudformation'),
  terraform: await loadFinder('terraform'),
  javascript: await loadFinder('javascript'),
  python: await loadFinder('python'),
  shell: await loadFinder('shell'),
  markdown: await loadFinder('markdown'),
};

/** Indexes a document synchronously, as `parseTemplate` does. `onStep` receives the processor time of each step in milliseconds. */
export function indexTemplate(document: TemplateDocument, onStep = (_milliseconds: number) => {}): TemplateIndex {
  const language = selectLanguage(document);
  const nothing = { packs: [], packTemplates: [] };
  if (language === undefined) return { ...nothing, skippedReason: undefined };
  if (document.text.length > getTraits(language).maxLength) return { ...nothing, skippedReason: 'too large' };
  const work = indexDocument(document, finders[language]);
  for (;;) {
    const start = getProcessorTime();
    const step = work.next();
    onStep(getProcessorTime() - start);
    if (step.done) return step.value;
  }
}

/** Returns the processor time of this thread in milliseconds, which other processes do not affect. */
export function getProcessorTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
