import { escapeMarkdown, formatMarkdownList } from './escaping.ts';
import type { LabeledValue } from './metadata.ts';

/** A line of an outline. */
export interface OutlineItem {
  /** The nesting level; 1 at the top. */
  readonly level: number;
  readonly text: string;
}

/** Formats nested lines of counts as Markdown, below a title and what they are about. */
export const formatOutline = (title: string, values: readonly LabeledValue[], items: readonly OutlineItem[]): string =>
  [`# ${escapeMarkdown(title)}\n\n`, formatMarkdownList(values), '\n## Counts\n\n', ...items.map(formatItem)].join('');

/** A text that begins like a list would be one within the item. */
const formatItem = ({ level, text }: OutlineItem): string =>
  `${'  '.repeat(level - 1)}- ${escapeMarkdown(text.trim())
    .replace(/^(?=[-+=])/, '\\')
    .replace(/^(\d+)(?=\.)/, '$1\\')}\n`;
