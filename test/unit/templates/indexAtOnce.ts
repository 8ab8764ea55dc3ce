import type { TemplateDocument, TemplateIndex } from '../../../src/templates/model.ts';
import { indexing } from '../../../src/templates/parseTemplate.ts';

/** What a document says of packs, without giving way to anything; `told` of each step, how long it took in milliseconds. */
export function indexAtOnce(document: TemplateDocument, told = (_milliseconds: number) => {}): TemplateIndex {
  const work = indexing(document);
  for (;;) {
    const start = performance.now();
    const step = work.next();
    told(performance.now() - start);
    if (step.done) return step.value;
  }
}
