import type { Evaluation } from '../compliance/model.ts';
import { formatIsoTimeOrNull } from '../compliance/text/time.ts';
import { escapeMarkdown, formatMarkdownRow } from './escaping.ts';

/** Failing resources of a rule. */
export interface ResourceSection {
  readonly rule: string;
  readonly resources: readonly Evaluation[];
  /** Whether the rule has more failing resources than these. */
  readonly hasMore: boolean;
}

/** Formats the failing resources of rules as Markdown, one section per rule. */
export const formatResourceSections = (sections: readonly ResourceSection[]): string =>
  sections.map(formatSection).join('');

const formatSection = ({ rule, resources, hasMore }: ResourceSection): string =>
  [
    `\n## ${escapeMarkdown(rule)}\n\n`,
    formatResourceTable(resources),
    hasMore ? `\nOnly the first ${resources.length} failing resources.\n` : '',
  ].join('');

/** Formats failing resources as a Markdown table. */
export const formatResourceTable = (resources: readonly Evaluation[]): string =>
  [
    formatMarkdownRow(['Failing resource', 'Type', 'Annotation', 'Evaluated']),
    '| --- | --- | --- | --- |\n',
    ...resources.map(({ resourceType, resourceId, annotation = '', evaluatedAt }) =>
      formatMarkdownRow([resourceId, resourceType, annotation, formatIsoTimeOrNull(evaluatedAt) ?? '']),
    ),
  ].join('');
