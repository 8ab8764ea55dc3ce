import { countFailing, groupByControl } from '../../compliance/controls.ts';
import { formatPoints } from '../../compliance/estimatedGain.ts';
import { describeError } from '../../compliance/text/errorMessages.ts';
import { formatCount, formatScope } from '../../compliance/text/format.ts';
import { formatCompliance } from '../../compliance/text/states.ts';
import { describeDetails, formatFailing } from '../detailsText.ts';
import { escapeHtml } from '../escaping.ts';
import type { PackDetails, Report, ReportRow, ReportRule } from '../report.ts';
import { furtherColumns } from '../resourceSections.ts';
import { formatUtcTime } from '../times.ts';
import {
  formatHeading,
  formatLink,
  formatList,
  formatMissingData,
  formatTableRow,
  getStateClass,
  type HtmlColumn,
  startTable,
  tableEnd,
} from './elements.ts';
import { formatGauge } from './gauge.ts';

/** The position of a pack in a page. */
export interface PackPosition {
  /** The id of its section, which begins the ids of its parts. */
  readonly id: string;
  /** The level of its heading. */
  readonly level: number;
}

/** A pack with its rules by estimated gain, its controls, and the failing resources of each rule. */
export function formatPackDetails(row: ReportRow, details: PackDetails, report: Report, place: PackPosition): string {
  const { id, level } = place;
  const { score, rules, failures } = details;
  const withResources = rules.filter(({ resources }) => resources && resources.length > 0);
  return [
    `<section class="pack" id="${id}">\n`,
    formatHeading(level, `${row.pack} · ${formatScope(row)}`),
    `<div class="pack-head">\n`,
    score?.percent === undefined ? '' : formatGauge(score.percent, report.scoreTarget),
    formatList(describeDetails({ ...details, failures: [] }, report)),
    '</div>\n',
    formatMissingData(failures.map((failure) => ['Could not be read', describeError(failure).fullText])),
    formatRules(rules, report, place),
    formatControls(rules, place),
    withResources.length === 0 ? '' : formatHeading(level + 1, 'Failing resources'),
    ...rules.map((rule, index) => formatResources(rule, report, { id: `${id}-r${index + 1}`, level: level + 2 })),
    `<p class="back">${formatLink('contents', 'Contents')}</p>\n`,
    '</section>\n',
  ].join('');
}

const ruleColumn = { title: 'Rule' };
const stateColumn = { title: 'State', className: 'state' };
const failingColumn = { title: 'Failing', className: 'number failing' };
const gainColumn = { title: 'Estimated gain', className: 'number gain' };
const controlsColumn = { title: 'Controls', className: 'controls' };

function formatRules(
  rules: readonly ReportRule[],
  { ruleOrder, ruleFilter }: Report,
  { id, level }: PackPosition,
): string {
  if (rules.length === 0) return `<p>No rules${ruleFilter === '' ? '' : ' match the filter'}.</p>\n`;
  const hasGains = rules.some(hasGain);
  const hasControls = rules.some(({ controls = [] }) => controls.length > 0);
  const columns = [
    ruleColumn,
    stateColumn,
    failingColumn,
    ...(hasGains ? [gainColumn] : []),
    ...(hasControls ? [controlsColumn] : []),
  ];
  const rows = rules.map((rule, index) => {
    const { name, compliance, resources = [], estimatedGain, controls = [] } = rule;
    const cells = [
      resources.length > 0 ? formatLink(`${id}-r${index + 1}`, name) : escapeHtml(name),
      escapeHtml(compliance === undefined ? 'unknown' : formatCompliance(compliance)),
      formatFailing(rule),
      ...(hasGains ? [estimatedGain === undefined ? '' : escapeHtml(formatPoints(estimatedGain))] : []),
      ...(hasControls ? [escapeHtml(controls.join(', '))] : []),
    ];
    return formatTableRow(columns, cells, getStateClass(compliance));
  });
  const caption = hasGains ? `${ruleOrder}. Gains are estimates in points of the score.` : ruleOrder;
  return [
    formatHeading(level + 1, hasGains ? 'Rules by estimated gain' : 'Rules'),
    startTable(columns, `Order: ${caption}`),
    ...rows,
    tableEnd,
  ].join('');
}

const hasGain = ({ estimatedGain }: Pick<ReportRule, 'estimatedGain'>): boolean => estimatedGain !== undefined;

/** The controls of the rules, most failing results first; empty if they are unknown. */
function formatControls(rules: readonly ReportRule[], { level }: PackPosition): string {
  const withControls = rules.map((rule) => ({ ...rule, controls: rule.controls ?? [] }));
  if (withControls.every(({ controls }) => controls.length === 0)) return '';
  const hasGains = rules.some(hasGain);
  const columns: readonly HtmlColumn[] = [
    { title: 'Control' },
    { title: 'Failing results', className: 'number failing' },
    ...(hasGains ? [gainColumn] : []),
    { title: 'Rules', className: 'rules' },
  ];
  const rows = groupByControl(withControls).map(([control, members]) => {
    const gains = members.flatMap(({ estimatedGain }) => estimatedGain ?? []);
    const isMinimum = members.some(({ hasMoreFailing }) => hasMoreFailing);
    const failing = formatFailing({ failing: countFailing(members), hasMoreFailing: isMinimum });
    const cells = [
      escapeHtml(control || 'No control'),
      failing,
      ...(hasGains
        ? [gains.length === 0 ? '' : escapeHtml(formatPoints(gains.reduce((sum, gain) => sum + gain, 0)))]
        : []),
      escapeHtml(members.map(({ name }) => name).join(', ')),
    ];
    return formatTableRow(columns, cells, undefined);
  });
  return [
    formatHeading(level + 1, 'By control'),
    startTable(columns, 'Order: most failing results first. A rule counts for each of its controls.'),
    ...rows,
    tableEnd,
  ].join('');
}

const resourceColumns: readonly HtmlColumn[] = [
  { title: 'Failing resource' },
  { title: 'Type', className: 'type' },
  { title: 'Annotation', className: 'annotation' },
  { title: 'Evaluated', className: 'evaluated' },
];

function formatResources(
  { name, resources = [], hasAllResources }: ReportRule,
  report: Report,
  { id, level }: PackPosition,
): string {
  if (resources.length === 0) return '';
  const count = formatCount(resources.length, 'failing resource');
  const further = report.resourceColumns.map((name) => furtherColumns[name]);
  const columns = [...resourceColumns, ...further.map(({ title }) => ({ title, className: title.toLowerCase() }))];
  const rows = resources.map((resource) => {
    const { resourceId, resourceType, annotation = '', evaluatedAt } = resource;
    const texts = [resourceId, resourceType, annotation, evaluatedAt === undefined ? '' : formatUtcTime(evaluatedAt)];
    // A type may break after its parts.
    const cells = texts.map((text, column) =>
      column === 1 ? escapeHtml(text).replaceAll('::', '::<wbr>') : escapeHtml(text),
    );
    const furtherCells = further.map(({ getText }) => escapeHtml(getText(resource)));
    return formatTableRow(columns, [...cells, ...furtherCells], undefined);
  });
  return [
    `<section class="resources" id="${id}">\n`,
    formatHeading(level, name),
    startTable(columns, hasAllResources ? count : `Only the first ${count}`),
    ...rows,
    tableEnd,
    '</section>\n',
  ].join('');
}
