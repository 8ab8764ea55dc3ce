// biome-ignore lint/style/noRestrictedImports: the html below is what others use.
import { html as litHtml, type TemplateResult } from 'lit';
import { showInvisible } from '../../compliance/text/plainText.ts';

/**
 * Lit's `html` for texts that may come from AWS: they become text nodes and attributes that show invisible characters.
 * Properties such as `.value` keep their values.
 */
export const html = (strings: TemplateStringsArray, ...values: readonly unknown[]): TemplateResult<1> =>
  litHtml(
    strings,
    ...values.map((value, index) =>
      typeof value === 'string' && !isProperty(strings[index] ?? '') ? showInvisible(value) : value,
    ),
  );

/** Whether a template's text before a value ends with the name of a property. */
const isProperty = (before: string): boolean => /\s\.\w+=$/.test(before.slice(-20));
