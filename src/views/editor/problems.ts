import { isFailedState } from '../../compliance/model.ts';
import { formatScope } from '../../compliance/text/format.ts';
import { formatPercent } from '../../compliance/text/score.ts';
import {
  type ExceededLimit,
  findDuplicateNames,
  findExceededLimits,
  findRuleDifferences,
  serviceLimits,
  validatePackName,
} from '../../templates/checks.ts';
import type { PackReference, PackTemplate, Range, TemplateIndex } from '../../templates/model.ts';
import type { SlicedWork } from '../../timeSlicing.ts';
import { type DeployedPack, getCertainPack, type LookupResult, type PackLookup } from './packLookup.ts';

export type Severity = 'error' | 'warning' | 'information';

/** A problem at a range of a document. */
export interface TemplateProblem {
  readonly range: Range;
  readonly severity: Severity;
  /** Identifies the kind of problem; the Problems view shows it next to the message. */
  readonly code: string;
  readonly message: string;
}

type FindPacks = (reference: PackReference) => readonly LookupResult[];

/**
 * Finds names and templates that the service would reject, failed deployments, scores below the target (0–100), and
 * differences between a template and its deployed pack. Yields between checks.
 */
export function* findProblems(index: TemplateIndex, lookup: PackLookup, target: number): SlicedWork<TemplateProblem[]> {
  const { packTemplates } = index;
  // A name that is written elsewhere is judged at its pack.
  const packs = index.packs.filter(({ isSource }) => !isSource);
  const findPacks = lookup.createFinder(index);
  const checks = [
    ...packs.map((pack) => () => checkName(pack)),
    () => checkDuplicateNames(packs),
    ...packs.map((pack) => () => checkDeployments(findPacks(pack), pack.range, target)),
    ...packTemplates.map((template) => () => [...checkLimits(template), ...checkDifferences(findPacks, template)]),
  ];
  const problems: TemplateProblem[] = [];
  for (const check of checks) {
    problems.push(...check());
    yield;
  }
  return problems;
}

function checkName(reference: PackReference): TemplateProblem[] {
  const problem = validatePackName(reference);
  if (!problem) return [];
  const maxLength = reference.kind === 'pack' ? serviceLimits.packName : serviceLimits.organizationPackName;
  const message =
    problem === 'pattern'
      ? 'Invalid name: must start with a letter and contain only letters, digits and hyphens.'
      : `Invalid name: must not be longer than ${maxLength} characters.`;
  return [{ range: reference.range, severity: 'error', code: 'name', message }];
}

function checkDuplicateNames(packs: readonly PackReference[]): TemplateProblem[] {
  return findDuplicateNames(packs).flatMap(({ name, references }) =>
    references.map(
      ({ range }): TemplateProblem => ({
        range,
        severity: 'warning',
        code: 'same-name',
        message: `${references.length} packs in this file are named “${name}”.`,
      }),
    ),
  );
}

/** Ignores packs that only match a pattern: they may belong to another resource. */
function checkDeployments(results: readonly LookupResult[], range: Range, target: number): TemplateProblem[] {
  return results.flatMap((result) => {
    const deployed = getCertainPack(result);
    return deployed ? checkDeployment(range, deployed, target) : [];
  });
}

function checkDeployment(range: Range, { pack, scope }: DeployedPack, target: number): TemplateProblem[] {
  const { state, reason } = pack.deployment ?? {};
  const percent = pack.score?.percent;
  const location = formatScope(scope);
  const problems: TemplateProblem[] = [];
  if (isFailedState(state)) {
    const message = `${state} in ${location}${reason ? `: ${reason}` : '.'}`;
    problems.push({ range, severity: 'error', code: 'deployment', message });
  }
  if (percent !== undefined && percent < target) {
    const message = `The score in ${location} is ${formatPercent(percent)}, below the target of ${target}%.`;
    problems.push({ range, severity: 'information', code: 'score', message });
  }
  return problems;
}

function checkLimits(template: PackTemplate): TemplateProblem[] {
  const { range } = template;
  return findExceededLimits(template).map((limit) => ({
    range: { start: range.start, end: range.start },
    severity: limit === 'needsS3' ? 'information' : 'error',
    code: 'limit',
    message: describeLimit(limit, template),
  }));
}

function describeLimit(limit: ExceededLimit, { ruleCount, bytes }: PackTemplate): string {
  const { rules, bodyBytes, s3Bytes } = serviceLimits;
  switch (limit) {
    case 'rules':
      return `Too many rules: the template has ${ruleCount}, AWS Config allows ${rules}.`;
    case 'bodyBytes':
      return `Template body too large: it has ${bytes} bytes, AWS Config allows ${bodyBytes}. Upload the template to S3 and use TemplateS3Uri.`;
    case 's3Bytes':
      return `Template too large: it has ${bytes} bytes, AWS Config allows ${s3Bytes}.`;
    case 'needsS3':
      return `Too large for TemplateBody: the template has ${bytes} bytes, AWS Config allows ${bodyBytes}. Upload it to S3 and use TemplateS3Uri.`;
  }
}

/** Only a template inside a pack's resource is known to be the source of a deployed pack. */
function checkDifferences(findPacks: FindPacks, template: PackTemplate): TemplateProblem[] {
  if (!template.pack) return [];
  const [deployed, ...others] = findPacks(template.pack).flatMap(({ packs }) => packs);
  if (!deployed || others.length > 0 || !deployed.rules.isComplete) return [];
  const { pack, scope, rules } = deployed;
  const { notDeployed, notInTemplate } = findRuleDifferences(
    template,
    rules.rows.map(({ name }) => name),
    scope,
  );
  const location = `${pack.name} in ${formatScope(scope)}`;
  const toProblem = (range: Range, difference: string): TemplateProblem => ({
    range,
    severity: 'information',
    code: 'difference',
    message: `Template and deployment differ: ${difference}.`,
  });
  const packRange = template.pack.range;
  return [
    ...notDeployed.map(({ range }) => toProblem(range, `${location} does not have this rule`)),
    ...notInTemplate.map((name) =>
      toProblem(packRange, `${location} has the rule ${name}, which is not in the template`),
    ),
  ];
}
