import type { TemplateDocument, TemplateIndex } from '../../../src/templates/model.ts';
import { indexDocument } from '../../../src/templates/parseTemplate.ts';

/** Indexes a document synchronously. `onStep` receives the processor time of each step in milliseconds. */
export function indexTemplate(document: TemplateDocument, onStep = (_milliseconds: number) => {}): TemplateIndex {
  const work = indexDocument(document);
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
