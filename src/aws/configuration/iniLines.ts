/** A section header or a key of an INI file. */
export interface IniLine {
  /** Counted from 1. */
  readonly line: number;
  /** The text between the brackets of the header. */
  readonly header: string;
  /** The key, after the name of its group where it is nested, as in `sts.endpoint_url`. Undefined for the header itself. */
  readonly key?: string;
}

/** Reads the headers and keys of an INI file, as the SDK does. The time is linear in the length of the text. */
export function* readIniLines(text: string): Generator<IniLine> {
  let header: string | undefined;
  let group: string | undefined;
  let line = 0;
  for (const raw of text.split('\n')) {
    line += 1;
    const content = removeComment(raw).trim();
    if (content.startsWith('[') && content.endsWith(']')) {
      header = content.slice(1, -1);
      group = undefined;
      yield { line, header };
      continue;
    }
    const equals = content.indexOf('=');
    if (header === undefined || equals <= 0) continue;
    const name = content.slice(0, equals).trim();
    if (raw.trimStart() === raw) group = undefined;
    yield { line, header, key: group === undefined ? name : `${group}.${name}` };
    if (content.slice(equals + 1).trim() === '') group = name;
  }
}

/** A comment starts a line, or follows a space. */
function removeComment(text: string): string {
  for (let index = 0; index < text.length; index += 1) {
    const isMark = text[index] === '#' || text[index] === ';';
    if (isMark && (index === 0 || /\s/.test(text[index - 1] ?? ''))) return text.slice(0, index);
  }
  return text;
}
