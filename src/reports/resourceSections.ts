import type { Evaluation } from '../compliance/model.ts';
import { formatException } from '../compliance/text/exceptionText.ts';
import { escapeMarkdown, formatMarkdownRow } from './escaping.ts';
import type { ResourceColumn } from './exportQuery.ts';
import type { ReportResource } from './report.ts';
import { formatUtcTime } from './times.ts';

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

/** The title and text of each further column. */
export const furtherColumns: Readonly<
  Record<ResourceColumn, { readonly title: string; readonly getText: (resource: ReportResource) => string }>
> = {
  exceptions: { title: 'Exception', getText: ({ exception }) => (exception ? formatException(exception) : '') },
  owners: { title: 'Owner', getText: ({ owner }) => owner?.value || (owner?.note ?? '') },
};

/** Formats failing resources as a Markdown table. */
export function formatResourceTable(
  resources: readonly ReportResource[],
  columnNames: readonly ResourceColumn[] = [],
): string {
  const columns = columnNames.map((name) => furtherColumns[name]);
  const titles = ['Failing resource', 'Type', 'Annotation', 'Evaluated', ...columns.map(({ title }) => title)];
  return [
    formatMarkdownRow(titles),
    `|${' --- |'.repeat(titles.length)}\n`,
    ...resources.map((resource) => {
      const { resourceType, resourceId, annotation = '', evaluatedAt } = resource;
      const texts = [resourceId, resourceType, annotation, evaluatedAt === undefined ? '' : formatUtcTime(evaluatedAt)];
      return formatMarkdownRow([...texts, ...columns.map(({ getText }) => getText(resource))]);
    }),
  ].join('');
}
