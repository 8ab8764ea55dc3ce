import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common';
import { parser } from '@lezer/javascript';

const typescript = parser.configure({ dialect: 'ts' });

/** Collects the texts of a module that a person can read: its strings and templates, with `…` for what they insert. */
export function collectTexts(code: string): string[] {
  const texts: string[] = [];
  typescript.parse(code).iterate({
    enter(node) {
      // Names of modules, and the values that a type allows.
      if (/^(ImportDeclaration|TypeAnnotation|TypeAliasDeclaration|InterfaceDeclaration)$/.test(node.name))
        return false;
      if (node.name === 'String') texts.push(...keepReadable([unquote(read(code, node))]));
      if (node.name !== 'TemplateString') return true;
      const isMarkup = node.node.parent?.name === 'TaggedTemplateExpression';
      const text = readTemplate(code, node.node);
      texts.push(...keepReadable(isMarkup ? readMarkup(text) : [text]));
      // What a template inserts can contain texts of its own.
      return true;
    },
  });
  return texts;
}

const read = (code: string, { from, to }: SyntaxNodeRef | SyntaxNode): string => code.slice(from, to);

const unquote = (literal: string): string => literal.slice(1, -1).replaceAll(/\\(['"`])/g, '$1');

function readTemplate(code: string, template: SyntaxNode): string {
  let text = '';
  let from = template.from + 1;
  for (const insertion of template.getChildren('Interpolation')) {
    text += `${code.slice(from, insertion.from)}…`;
    from = insertion.to;
  }
  return text + code.slice(from, template.to - 1);
}

/** Reads the text nodes and the labels of an HTML template. */
function readMarkup(html: string): string[] {
  const labels = [...html.matchAll(/\b(?:aria-label|title|placeholder|label)="([^"]*)"/g)].map(
    ([, label = '']) => label,
  );
  return [...labels, ...html.split(/<[^>]*>/)].map((text) => text.replaceAll(/\s+/g, ' ').trim());
}

/** Keeps sentences, phrases, and single words that begin with a capital letter, as buttons and headings do. */
const keepReadable = (texts: readonly string[]): string[] =>
  texts
    .filter((text) => /\p{L}[\p{L},.:’]* +\S*[\p{L}…]/u.test(text) || /^\p{Lu}\p{Ll}{2,}…?$/u.test(text))
    .filter((text) => !isCode(text))
    .map((text) => text.trim());

/** Whether a string is HTML, CSS, SQL or the content security policy of a panel. */
const isCode = (text: string): boolean =>
  /^\s*(?:<|\\n|:root|SELECT |WHERE |AND |M \d|(?:default|font|script|style)-src )|^[a-z]+: …(?:px|;)/.test(text);
