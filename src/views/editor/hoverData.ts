import type { TemplateIndex } from '../../templates/model.ts';
import { certain, type Deployments } from './deployments.ts';
import { type HoverLine, packHover, ruleHover } from './hoverContent.ts';
import type { Found } from './references.ts';

/** Packs whose rules one hover asks for, where a template may be any pack's. */
const packsAtOnce = 5;

/** What a hover says, and what it asks for the next one: rules are asked of what is looked at alone. */
export function hoverData(
  deployments: Deployments,
  path: string,
  index: TemplateIndex,
  found: Found,
): readonly HoverLine[] {
  if (found.kind === 'pack') {
    const answers = deployments.answers(index, found.reference);
    deployments.askRules(answers.flatMap((answer) => certain(answer) ?? []));
    return packHover(answers, Date.now());
  }
  const { reference, template } = found;
  const from = deployments.withTemplate(index, template);
  const perhaps = deployments.perhapsWithTemplate(path, template);
  // Those under way or refused stay among the first: a hundred hovers ask no more than one, and none asks on in vain.
  const next = deployments.askStandings(perhaps.slice(0, packsAtOnce));
  deployments.askRules(from);
  const name = reference.resolve()[0]?.text ?? '';
  return ruleHover(name, [...from, ...next], perhaps.length - next.length, deployments.progress(index));
}
