import type { SlicedWork } from '../../timeSlicing.ts';
import type { Range } from '../model.ts';

/** Masks, and texts between them, to copy between two yields. */
const partsPerStep = 2_000;

/** What a part of a text is replaced by, in as many characters. */
export interface Mask extends Range {
  readonly mask: string;
}

/** Replaces parts of a text, given in their order. */
export function* applyMasks(text: string, masks: Iterable<Mask>): SlicedWork<string> {
  let masked = '';
  let parts: string[] = [];
  let last = 0;
  for (const { start, end, mask } of masks) {
    parts.push(text.slice(last, start), mask);
    last = end;
    if (parts.length < partsPerStep) continue;
    masked += parts.join('');
    parts = [];
    yield;
  }
  return last === 0 ? text : masked + parts.join('') + text.slice(last);
}
