import { hasFailed } from '../../compliance/model.ts';
import { formatPercent, formatScope } from '../../compliance/text/format.ts';
import { brokenLimits, limits, nameProblem, ruleDifferences, sameNames } from '../../templates/checks.ts';
import type { PackReference, PackTemplate, Range, TemplateIndex } from '../../templates/model.ts';
import type { Work } from '../../templates/slices.ts';
import { type Answer, certain, type Deployed, type Deployments } from './deployments.ts';

export type Severity = 'error' | 'warning' | 'information';

/** Something that a person should know at a place of a document. */
export interface TemplateProblem {
  readonly range: Range;
  readonly severity: Severity;
  /** What kind of problem it is: stands beside the message. */
  readonly code: string;
  readonly message: string;
}

type Answers = ReturnType<Deployments['answersIn']>;

/** What would only fail at deployment, has failed there, or does worse than it should; looked for pack by pack. */
export function* problemsOf(index: TemplateIndex, deployments: Deployments, target: number): Work<TemplateProblem[]> {
  const { packs, packTemplates } = index;
  const answers = deployments.answersIn(index);
  const checks = [
    ...packs.map((pack) => () => nameProblems(pack)),
    () => sameNameProblems(index),
    ...packs.map((pack) => () => deployedProblems(answers(pack), pack.range, target)),
    ...packTemplates.map((template) => () => templateProblems(answers, template)),
  ];
  const problems: TemplateProblem[] = [];
  for (const check of checks) {
    problems.push(...check());
    yield;
  }
  return problems;
}

function nameProblems(reference: PackReference): TemplateProblem[] {
  const problem = nameProblem(reference);
  if (!problem) return [];
  const longest = reference.kind === 'pack' ? limits.packName : limits.organizationPackName;
  const message =
    problem === 'pattern'
      ? 'AWS Config refuses this name: it begins with a letter and holds only letters, digits and hyphens.'
      : `AWS Config refuses this name: it may have ${longest} characters.`;
  return [{ range: reference.range, severity: 'error', code: 'name', message }];
}

function sameNameProblems({ packs }: TemplateIndex): TemplateProblem[] {
  return [...sameNames(packs)].flatMap(([name, references]) =>
    references.map(
      ({ range }): TemplateProblem => ({
        range,
        severity: 'warning',
        code: 'same-name',
        message: `${references.length} packs of this file are named “${name}”.`,
      }),
    ),
  );
}

/** Of packs that are meant for certain alone: what a pattern matches may be another resource's. */
function deployedProblems(answers: readonly Answer[], range: Range, target: number): TemplateProblem[] {
  return answers.flatMap((answer) => {
    const only = certain(answer);
    return only ? onlyProblems(range, only, target) : [];
  });
}

function onlyProblems(range: Range, { pack, scope }: Deployed, target: number): TemplateProblem[] {
  const { state, reason } = pack.deployment ?? {};
  const percent = pack.score?.percent;
  const place = formatScope(scope);
  const failed: TemplateProblem[] = hasFailed(state)
    ? [{ range, severity: 'error', code: 'deployment', message: `${state} in ${place}${reason ? `: ${reason}` : '.'}` }]
    : [];
  const poor: TemplateProblem[] =
    percent !== undefined && percent < target
      ? [
          {
            range,
            severity: 'information',
            code: 'score',
            message: `The score in ${place} is ${formatPercent(percent)}, below the target of ${target}%.`,
          },
        ]
      : [];
  return [...failed, ...poor];
}

function templateProblems(answers: Answers, template: PackTemplate): TemplateProblem[] {
  const { range, ruleCount, bytes } = template;
  const broken = brokenLimits(template).map(
    (limit): TemplateProblem => ({
      range: { start: range.start, end: range.start },
      severity: 'error',
      code: 'limit',
      message:
        limit === 'rules'
          ? `AWS Config refuses this template: it has ${ruleCount} rules of at most ${limits.rules}.`
          : `AWS Config refuses this template as a body: it has ${bytes} bytes of at most ${limits.templateBytes}.`,
    }),
  );
  return [...broken, ...differences(answers, template)];
}

/** Only the pack that carries a template with it is known to come from it. */
function differences(answers: Answers, template: PackTemplate): TemplateProblem[] {
  const [only, ...others] = template.pack ? answers(template.pack).flatMap(({ deployed }) => deployed) : [];
  if (!template.pack || !only || others.length > 0 || !only.rules.complete) return [];
  const { pack, scope, rules } = only;
  const { notDeployed, notInTemplate } = ruleDifferences(
    template,
    rules.rows.map(({ name }) => name),
    scope,
  );
  const where = `${pack.name} in ${formatScope(scope)}`;
  const code = 'difference';
  return [
    ...notDeployed.map(
      ({ range }): TemplateProblem => ({
        range,
        severity: 'information',
        code,
        message: `Template and deployment differ: ${where} lacks this rule.`,
      }),
    ),
    ...notInTemplate.map(
      (name): TemplateProblem => ({
        range: template.pack?.range ?? template.range,
        severity: 'information',
        code,
        message: `Template and deployment differ: ${where} has the rule ${name}, which is not in the template.`,
      }),
    ),
  ];
}
