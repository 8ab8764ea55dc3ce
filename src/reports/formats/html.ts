import { createHash } from 'node:crypto';
import { escapeHtml } from '../escaping.ts';
import { formatHeading, formatLink, formatList, formatMissingData, startTable, tableEnd } from '../html/elements.ts';
import { formatPackDetails } from '../html/packDetails.ts';
import { createStyle } from '../html/style.ts';
import {
  describeMissingData,
  describeOrder,
  describeReport,
  describeSection,
  describeSummary,
  describeTotals,
  describeUnreadSources,
  getSectionTitle,
  getTitle,
  isOnePack,
  type LabeledValue,
} from '../metadata.ts';
import type { Report, ReportRow, ReportSection, ReportWriter, Totals } from '../report.ts';

/**
 * A self-contained page: no scripts, nothing loaded, and a policy that forbids both. It has a table of packs, and for
 * each pack its rules, controls and resources, which the table links to.
 */
export function createHtmlWriter(report: Report): ReportWriter {
  const sections = report.sections.map((section, index) => new SectionWriter(report, section, index + 1));
  const find = (section: ReportSection): SectionWriter => {
    const writer = sections[report.sections.indexOf(section)];
    if (!writer) throw new Error('The section is not part of the report.');
    return writer;
  };
  return {
    header: formatHeader(report),
    startSection: (section) => find(section).start(),
    formatRow: (row, section) => find(section).formatRow(row),
    formatPack: (row, details, section) => find(section).formatPack(row, details),
    endSection: (section, totals) => find(section).end(totals),
    formatFooter: (summary) =>
      `<footer id="end">\n${report.sections.length > 1 ? formatHeading(2, allTotalsTitle) : ''}${formatList(describeSummary(report, summary))}</footer>
</body>
</html>
`,
  };
}

function formatHeader(report: Report): string {
  const title = getTitle(report);
  const style = createStyle(report.sections);
  const hash = createHash('sha256').update(style).digest('base64');
  const missing = findMissingDataOfReport(report);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
${formatHeading(1, title)}<nav id="contents" aria-labelledby="contents-title">
<h2 id="contents-title">Contents</h2>
<ol>
<li>${formatLink('about', 'About this report')}</li>
${report.sections.map((section, index) => formatContents(report, section, `s${index + 1}`)).join('')}${report.sections.length > 1 ? `<li>${formatLink('end', allTotalsTitle)}</li>\n` : ''}</ol>
</nav>
<section id="about">
${formatHeading(2, 'About this report')}${formatList(withoutMissingData(describeReport(report), missing))}${formatMissingData(missing)}</section>
`;
}

const allTotalsTitle = 'All totals';

function getRowsTitle(section: ReportSection): string {
  if (section.rowType === 'failingRules') return 'Failing rules';
  return isOnePack(section) ? 'Pack' : 'Packs';
}

function getCaption(section: ReportSection): string {
  if (!isOnePack(section)) return `Order: ${describeOrder(section)}`;
  return section.aggregator === undefined ? 'Score and deployment' : 'Counts of rules';
}

function getDetailsTitle({ content }: Report, section: ReportSection): string {
  const title = content === 'rules' ? 'Rules' : 'Rules and resources';
  return isOnePack(section) ? title : `${title} of each pack`;
}

/** The links to the parts of a section. */
function formatContents(report: Report, section: ReportSection, id: string): string {
  const parts = [
    ['packs', getRowsTitle(section)],
    ...(report.content === 'rows' ? [] : [['details', getDetailsTitle(report, section)]]),
    ['totals', 'Totals'],
  ].map(([part = '', title = '']) => `<li>${formatLink(`${id}-${part}`, title)}</li>\n`);
  if (report.sections.length === 1) return parts.join('');
  return `<li>${formatLink(id, getSectionTitle(section))}\n<ol>\n${parts.join('')}</ol></li>\n`;
}

/** What is missing from a section. Sources are named among its values if none of them failed. */
const findMissingData = (section: ReportSection): readonly LabeledValue[] =>
  section.failures.length > 0 || section.missingPacks.length > 0 || (section.unhealthySources?.length ?? 0) > 0
    ? describeMissingData(section)
    : [];

/** What is missing from a report and its only section. */
const findMissingDataOfReport = ({ unreadSources, sections }: Report): readonly LabeledValue[] => [
  ...describeUnreadSources(unreadSources),
  ...(sections.length === 1 ? sections.flatMap(findMissingData) : []),
];

/** Labels and values without the missing among them. */
function withoutMissingData(
  values: readonly LabeledValue[],
  missing: readonly LabeledValue[],
): readonly LabeledValue[] {
  const labels = new Set(missing.map(([label]) => label));
  return values.filter(([label]) => !labels.has(label));
}

/** Writes a section. Remembers only how far it is. */
class SectionWriter {
  readonly #report: Report;
  readonly #section: ReportSection;
  readonly #index: number;
  readonly #id: string;
  /** The level of the headings of its parts. */
  readonly #level: number;
  #group: string | undefined;
  #rowCount = 0;
  #packCount = 0;

  constructor(report: Report, section: ReportSection, index: number) {
    this.#report = report;
    this.#section = section;
    this.#index = index;
    this.#id = `s${index}`;
    this.#level = report.sections.length > 1 ? 3 : 2;
  }

  start(): string {
    const { displayColumns } = this.#section.table;
    const missing = findMissingData(this.#section);
    const about = withoutMissingData(describeSection(this.#section), missing);
    return [
      `<section id="${this.#id}">\n`,
      this.#report.sections.length > 1
        ? `${formatHeading(2, getSectionTitle(this.#section))}${formatList(about)}${formatMissingData(missing)}`
        : '',
      `<section id="${this.#id}-packs">\n`,
      formatHeading(this.#level, getRowsTitle(this.#section)),
      startTable(
        displayColumns.map((title) => ({ title })),
        getCaption(this.#section),
        `packs rows-${this.#index}`,
      ),
    ].join('');
  }

  formatRow(row: ReportRow): string {
    const isNewGroup = row.group !== undefined && (this.#rowCount === 0 || row.group !== this.#group);
    this.#group = row.group;
    this.#rowCount += 1;
    const [name = '', ...others] = row.display;
    const first =
      this.#report.content === 'rows' ? escapeHtml(name) : formatLink(this.#getPackId(this.#rowCount), name);
    const state = getRowClass(row.counted);
    const cells = [first, ...others.map(escapeHtml)].map((cell) => `<td>${cell}</td>`).join('');
    return `${isNewGroup ? this.#formatGroup(row.group ?? '') : ''}<tr${state && ` class="${state}"`}>${cells}</tr>\n`;
  }

  #formatGroup(group: string): string {
    const { length } = this.#section.table.displayColumns;
    const start = this.#rowCount === 1 ? '' : '</tbody>\n<tbody>\n';
    return `${start}<tr class="group"><th colspan="${length}" scope="rowgroup">${escapeHtml(group)}</th></tr>\n`;
  }

  formatPack(row: ReportRow, details: Parameters<ReportWriter['formatPack']>[1]): string {
    const start = this.#packCount === 0 ? this.#startDetails() : '';
    this.#packCount += 1;
    const place = { id: this.#getPackId(this.#packCount), level: this.#level + 1 };
    return start + formatPackDetails(row, details, this.#report, place);
  }

  #startDetails(): string {
    const title = getDetailsTitle(this.#report, this.#section);
    return `${tableEnd}</section>\n<section id="${this.#id}-details">\n${formatHeading(this.#level, title)}`;
  }

  end(totals: Totals): string {
    const hasDetails = this.#report.content !== 'rows';
    return [
      hasDetails && this.#packCount === 0 ? `${this.#startDetails()}<p>No packs.</p>\n` : '',
      hasDetails ? '' : tableEnd,
      '</section>\n',
      `<section id="${this.#id}-totals">\n`,
      formatHeading(this.#level, 'Totals'),
      formatList(describeTotals(this.#section, totals), 'totals'),
      '</section>\n</section>\n',
    ].join('');
  }

  #getPackId(pack: number): string {
    return `${this.#id}-p${pack}`;
  }
}

/** The class of a row by the counters that count it. Its state is in the text as well. */
function getRowClass(counted: readonly string[]): string {
  if (counted.includes('nonCompliant') || counted.includes('failedDeployments')) return 'bad';
  if (counted.includes('insufficientData') || counted.includes('withoutScore')) return 'fair';
  return counted.includes('compliant') ? 'good' : '';
}
