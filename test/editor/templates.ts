import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  commands,
  type Diagnostic,
  type Hover,
  languages,
  MarkdownString,
  Range,
  type TextDocument,
  Uri,
  WorkspaceEdit,
  workspace,
} from 'vscode';
import { createTemporaryFolder } from '../support/folders.ts';
import { eventually } from '../support/polling.ts';

/** A pack of the demo's own account, and where that is. */
export const s3 = 'operational-best-practices-for-amazon-s3';
export const home = { account: '318604927715', region: 'us-east-1' };

/** Everything that stands in templates as a person finds it at first. */
export const editorDefaults = {
  'editor.hover': undefined,
  'editor.codeLens': undefined,
  'editor.diagnostics': undefined,
};

/** A folder for templates. It is in the workspace, as Terraform's other files are looked for there alone. */
export class Templates {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async create(): Promise<Templates> {
    const [open] = workspace.workspaceFolders ?? [];
    if (!open) throw new Error('No folder is open');
    return new Templates(await createTemporaryFolder(open.uri.fsPath));
  }

  /** Writes a file and opens it: each under a path of its own, for what VS Code has open it keeps for a while. */
  async open(path: string, text: string): Promise<TextDocument> {
    return workspace.openTextDocument(Uri.file(await this.write(path, text)));
  }

  async write(path: string, text: string): Promise<string> {
    const file = join(this.#folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    return file;
  }

  remove(): Promise<void> {
    return rm(this.#folder, { recursive: true, force: true });
  }
}

/** A CloudFormation template with a pack of each name, as it is written. */
export const createPackYaml = (...names: readonly string[]): string =>
  [
    'Resources:',
    ...names.map(
      (name, index) => `  Pack${index}:
    Type: AWS::Config::ConformancePack
    Properties:
      ConformancePackName: ${name}
`,
    ),
  ].join('\n');

/** A resource of an organization's pack, to be added to others. */
export const createOrganizationPackYaml = (name: string): string => `  Organization:
    Type: AWS::Config::OrganizationConformancePack
    Properties:
      OrganizationConformancePackName: ${name}
`;

/** What Packscope says at an offset, beside what others may say. */
export async function getHoversAt(document: TextDocument, offset: number): Promise<MarkdownString[]> {
  const position = document.positionAt(offset);
  const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, position);
  return hovers
    .flatMap(({ contents }) => contents)
    .filter((content) => content instanceof MarkdownString)
    .filter(({ value }) => /^(Conformance pack|Rule) /.test(value));
}

/** What Packscope says within the first place of a text. */
export function getHoversOver(document: TextDocument, text: string): Promise<MarkdownString[]> {
  const start = document.getText().indexOf(text);
  if (start < 0) throw new Error(`The document has no ${text}`);
  return getHoversAt(document, start + 1);
}

/** As a person types instead of the first place of a text. */
export async function typeOver(document: TextDocument, text: string, typed: string): Promise<void> {
  const start = document.getText().indexOf(text);
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, new Range(document.positionAt(start), document.positionAt(start + text.length)), typed);
  await workspace.applyEdit(edit);
}

/** The hover over a name, once it knows the pack. */
export const waitForPackHover = (document: TextDocument, name = s3): Promise<MarkdownString> =>
  eventually(async () => {
    const [hover] = await getHoversOver(document, name);
    assert(hover, `nothing over ${name}`);
    assert(hover.value.includes('Open Pack'), hover.value);
    return hover;
  });

/** What Packscope underlines. */
export const getProblems = ({ uri }: TextDocument): Diagnostic[] =>
  languages.getDiagnostics(uri).filter(({ source }) => source === 'Packscope');
