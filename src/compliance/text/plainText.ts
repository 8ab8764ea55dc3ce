// Text from AWS, files and links is data: these functions prepare it for each kind of surface, which then shows it as
// it is. Files that are exported have their own forms in `reports/escaping.ts`.

/** Characters that nobody sees or that reorder what is seen, except tabs, line breaks and the variants of emoji. */
const invisible = /(?!\t|\n|\r|\uFE0E|\uFE0F)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}]/gu;

/**
 * Shows control, bidirectional and other invisible characters as escapes such as `\u202E`, in a text that a surface
 * shows without markup. The escapes are those of JSON, so JSON keeps its meaning.
 */
export const showInvisible = (text: string): string => text.replace(invisible, toEscapes);

const toEscapes = (character: string): string =>
  Array.from({ length: character.length }, (_, index) => {
    const code = character.charCodeAt(index).toString(16).toUpperCase();
    return `\\u${code.padStart(4, '0')}`;
  }).join('');

/** For a row or a line of a log: a text without markup and line breaks. */
export const toOneLine = (text: string): string => collapseSpaces(text).trim();

const collapseSpaces = (text: string): string => showInvisible(text).replace(/\s+/g, ' ');

/** For a label that shows `$(name)` as an icon: a quick pick's item, a status bar item, a code lens, a terminal's name. */
export const toLabel = (text: string): string => toOneLine(text).replace(/\$\((?=[a-z0-9-]+(?:~[a-z]+)?\))/gi, '\\$&');

/** For a notification, which shows `[text](address)` as a link, also one that runs a command. */
export const toMessage = (text: string): string => showInvisible(text).replaceAll('](', '] (');

/** For the prompt of an input box, which shows both links and icons. */
export const toPrompt = (text: string): string => toMessage(toLabel(text));

/**
 * Characters that Markdown would read as markup, a link or a list. `MarkdownString.appendText` is no alternative: it
 * turns every space into a non-breaking one, so that long texts do not wrap, and keeps addresses, which become links.
 */
const markup =
  /[\\`*[\]<&~@]|(?<![a-z0-9])_|_(?![a-z0-9])|:(?=\/\/)|(?<=www)\.|(?<!\S)[-+#>=]|(?<=^ ?\d+)[.)](?=\s|$)/gi;

/** For a tooltip or a hover: a text within a paragraph of Markdown. */
export const toMarkdownText = (text: string): string => collapseSpaces(text).replace(markup, '\\$&');

/**
 * Like `toMarkdownText`, for the text of a link: there `marked`, which renders VS Code's hovers, drops the backslash before a
 * bracket and would show an image.
 */
export const toMarkdownLinkText = (text: string): string =>
  toMarkdownText(text).replace(/\\[\s\S]/g, (escaped) => bracketEntities[escaped] ?? escaped);

const bracketEntities: Readonly<Record<string, string>> = { '\\[': '&#91;', '\\]': '&#93;' };

/** Like `toMarkdownText`, in bold. */
export function toBoldMarkdown(text: string): string {
  const markdown = toMarkdownText(text).trim();
  return markdown && `**${markdown}**`;
}

/** For the name of a file without its extension: it names no other folder and is valid in every file system. */
export const toFileName = (text: string): string =>
  toOneLine(text)
    .replace(/[\\/:*?"<>|]/g, '-')
    .replace(/^\.+/, '') || 'export';
