import type {
  NameReference,
  PackReference,
  PackTemplate,
  RuleReference,
  TemplateIndex,
} from '../../templates/model.ts';

/** What stands at a place of a document. */
export type Found =
  | { readonly kind: 'pack'; readonly reference: PackReference }
  | { readonly kind: 'rule'; readonly reference: RuleReference; readonly template: PackTemplate };

/** The pack's or rule's name at an offset, if one stands there. */
export function foundAt({ packs, packTemplates }: TemplateIndex, offset: number): Found | undefined {
  const pack = packs.find((reference) => covers(reference, offset));
  if (pack) return { kind: 'pack', reference: pack };
  for (const template of packTemplates) {
    const rule = template.rules.find((reference) => covers(reference, offset));
    if (rule) return { kind: 'rule', reference: rule, template };
  }
  return undefined;
}

/** A name that is still to be typed has no extent, and nothing to say. */
const covers = ({ range: { start, end } }: NameReference, offset: number): boolean =>
  start < end && start <= offset && offset <= end;
