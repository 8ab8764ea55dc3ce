import { OPEN } from './values.ts';

/**
 * What template engines and pipelines replace before deployment. No alternative can read a part of the text twice, or
 * its length is limited.
 */
const placeholder = new RegExp(
  [
    /\$?\{\{\{?[^{}]*\}\}\}?/, // {{x}} {{{x}}} ${{ x }}: Jinja, Handlebars, GitHub; CloudFormation's dynamic references
    /\{%[^{%]*%\}/, // {% x %}: Jinja
    /<%(?!#|--)[^<%]*%>/, // <%= x %>: ERB, EJS
    /#\{[^{}#]*\}#?/, // #{x} #{x}#: Octopus, Azure DevOps
    /[$%]\([^()$]*\)s?/, // $(x): Azure DevOps. %(x)s: Python
    /\(\([^()]*\)\)/, // ((x)): Concourse
    /\$?\[\[[^[\]]*\]\]/, // [[x]] $[[ x ]]: GitLab
    /\$\[[^[\]]*\]/, // $[x]: Azure DevOps
    /\$?<[^<>%]{1,100}>/, // <x>, <+x>: Harness. $<x>: a common `variableSyntax` of Serverless
    /\$\{[^{}]*(?:\$\{[^{}]*\}[^{}]*)+\}/, // ${opt:x, ${self:y}}: Serverless. Fn::Sub and Pulumi have nothing like it
    /(?<![$&])@?\{[\w.]+\}/, // {x} @{x}, but not the ${x} of Fn::Sub
    /(%%|@@|##|\$\$|__|[%@#~])[A-Za-z][\w.-]{0,100}?\1/, // %%x%%, @@x@@, ##x##, $$x$$, __x__, %x%, @x@, #x#, ~x~
    /\$[A-Za-z_]\w*/, // $x: shells
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);

/** Comments of template engines. */
const comment = /\{#[^{#]*#\}|\{\{!(?:--)?[^{}]*\}\}|<%(?:#|--)[^<%]*%>/g;

/** Replaces the placeholders of a text by `OPEN`, because their values are not known. Removes comments. */
export function replacePlaceholders(text: string): string {
  if (!/[{<#$%@~([]|__/.test(text)) return text;
  return text.replaceAll(comment, '').replaceAll(placeholder, OPEN);
}

/**
 * Replaces the variables of tools (`${git:branch}`) and shells (`${NAME}`), too. For texts outside of `Fn::Sub`. What
 * could be a reference of `Fn::Sub` stays, because that was probably forgotten, except for the common spelling of shells.
 */
export const replaceVariables = (text: string): string =>
  text.replaceAll(/\$\{(?!!?(?:AWS::)?[\w.]*\})[^{}]*\}|\$\{[A-Z][A-Z\d_]*\}/g, OPEN);
