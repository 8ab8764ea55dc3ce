import { type DefaultTreeAdapterTypes, parse } from 'parse5';

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

/** What a reader finds in an HTML report. */
export interface HtmlDocument {
  readonly title: string;
  /** The labels and values of all lists. */
  readonly values: readonly (readonly [string, string])[];
  /** The tables of packs or failing rules, one per section: their rows and the label of the group above each row. */
  readonly sections: readonly {
    readonly titles: readonly string[];
    readonly rows: readonly (readonly string[])[];
    readonly groups: readonly string[];
  }[];
  /** The packs with details. */
  readonly packs: readonly HtmlPack[];
  /** The names of all elements. */
  readonly elementNames: ReadonlySet<string>;
  readonly ids: readonly string[];
  /** The targets of all links. */
  readonly links: readonly string[];
}

export interface HtmlPack {
  readonly heading: string;
  /** The rows of the table of rules. */
  readonly rules: readonly (readonly string[])[];
  /** The failing resources by the heading above them. */
  readonly resources: readonly { readonly rule: string; readonly rows: readonly (readonly string[])[] }[];
}

/** Parses a report as a browser does. */
export function parseHtml(text: string): HtmlDocument {
  const elements = findAll(parse(text).childNodes, () => true);
  const byClass = (name: string) => elements.filter((element) => getClasses(element).includes(name));
  return {
    title: getText(elements.find(({ tagName }) => tagName === 'h1')),
    values: elements
      .filter(({ tagName }) => tagName === 'dt')
      .map((term) => [getText(term), getText(findNext(term))] as const),
    sections: byClass('packs').map(parsePackTable),
    packs: byClass('pack').map((pack) => {
      const tables = findAll(pack.childNodes, ({ tagName }) => tagName === 'table');
      return {
        heading: getText(findAll(pack.childNodes, isHeading)[0]),
        rules: getRows(tables.find((table) => getText(findAll(table.childNodes, isHead)[0]) === 'Rule')),
        resources: findAll(pack.childNodes, (element) => getClasses(element).includes('resources')).map((section) => ({
          rule: getText(findAll(section.childNodes, isHeading)[0]),
          rows: getRows(section),
        })),
      };
    }),
    elementNames: new Set(elements.map(({ tagName }) => tagName)),
    ids: elements.flatMap((element) => getAttribute(element, 'id') ?? []),
    links: elements.flatMap((element) => getAttribute(element, 'href') ?? []),
  };
}

const isHeading = ({ tagName }: Element): boolean => /^h[1-6]$/.test(tagName);
const isHead = ({ tagName }: Element): boolean => tagName === 'th';

function parsePackTable(table: Element): HtmlDocument['sections'][number] {
  const rows: string[][] = [];
  const groups: string[] = [];
  let group = '';
  for (const row of findAll(table.childNodes, ({ tagName }) => tagName === 'tr')) {
    const cells = findAll(row.childNodes, ({ tagName }) => tagName === 'td');
    if (getClasses(row).includes('group')) group = getText(row);
    if (cells.length === 0) continue;
    rows.push(cells.map(getText));
    groups.push(group);
  }
  const titles = findAll(table.childNodes, (element) => getAttribute(element, 'scope') === 'col').map(getText);
  return { titles, rows, groups };
}

/** The texts of the rows with cells below an element. */
const getRows = (parent: Element | undefined): string[][] =>
  findAll(parent?.childNodes ?? [], ({ tagName }) => tagName === 'tr')
    .map((row) => findAll(row.childNodes, ({ tagName }) => tagName === 'td').map(getText))
    .filter((cells) => cells.length > 0);

/** All elements that match, in the order of the document. */
const findAll = (nodes: readonly Node[], matches: (element: Element) => boolean): Element[] =>
  nodes.flatMap((node) => {
    if (!('tagName' in node)) return [];
    return [...(matches(node) ? [node] : []), ...findAll(node.childNodes, matches)];
  });

function findNext(element: Element): Element | undefined {
  const siblings = element.parentNode?.childNodes.filter((node) => 'tagName' in node) ?? [];
  return siblings[siblings.indexOf(element) + 1];
}

function getText(node: Node | undefined): string {
  if (!node) return '';
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(getText).join('') : '';
}

const getAttribute = ({ attrs }: Element, name: string): string | undefined =>
  attrs.find((attribute) => attribute.name === name)?.value;

const getClasses = (element: Element): readonly string[] => (getAttribute(element, 'class') ?? '').split(' ');
