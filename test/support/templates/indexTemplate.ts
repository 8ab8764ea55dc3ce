import type { TemplateDocument, TemplateIndex } from '../../../src/templates/model.ts';
import { indexing } from '../../../src/templates/parseTemplate.ts';

/** What a document says of packs, without giving way to anything; `told` of each step, the milliseconds it took of the processor. */
export function indexTemplate(document: TemplateDocument, told = (_milliseconds: number) => {}): TemplateIndex {
  const work = indexing(document);
  for (;;) {
    const start = getProcessorTime();
    const step = work.next();
    told(getProcessorTime() - start);
    if (step.done) return step.value;
  }
}

/** Of this thread, in milliseconds: what else the machine does is not in it. */
export function getProcessorTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
