import { OPEN } from './values.ts';

/**
 * What a template engine or a pipeline replaces before deployment: `{{x}}`, `{{{x}}}`, `${{ x }}`, `{% … %}`,
 * `<%= x %>`, `#{x}`, `#{x}#` and `$(x)`. Also CloudFormation's dynamic references. No alternative can read a part of the
 * text twice.
 */
const placeholder = /\$?\{\{\{?[^{}]*\}\}\}?|\{%[^{%]*%\}|<%(?!#|--)[^<%]*%>|#\{[^{}#]*\}#?|\$\([^()$]*\)/g;

/** Comments of template engines. */
const comment = /\{#[^{#]*#\}|\{\{!(?:--)?[^{}]*\}\}|<%(?:#|--)[^<%]*%>/g;

/** Replaces the placeholders of a text by `OPEN`, because their values are not known. Removes comments. */
export function openPlaceholders(text: string): string {
  if (!/[{<#$][{%(#]/.test(text)) return text;
  return text.replaceAll(comment, '').replaceAll(placeholder, OPEN);
}
