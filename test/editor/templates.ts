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

/** A pack of the demo estate's home scope. */
export const s3 = 'operational-best-practices-for-amazon-s3';
export const home = { account: '318604927715', region: 'us-east-1' };

/** The default settings of the editor features. */
export const editorDefaults = {
  'editor.hover': undefined,
  'editor.codeLens': undefined,
  'editor.diagnostics': undefined,
};

/** A folder for templates. It is in the workspace, because the files of a Terraform configuration are found only there. */
export class Templates {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async create(): Promise<Templates> {
    const [folder] = workspace.workspaceFolders ?? [];
    if (!folder) throw new Error('No folder is open');
    return new Templates(await createTemporaryFolder(folder.uri.fsPath));
  }

  /** Writes a file and opens it. Use each path once, because VS Code keeps open documents for a while. */
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

/** Creates a CloudFormation template with a pack for each name. Names are inserted as YAML. */
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

/** Creates the resource of an organization pack, to be appended to a template. */
export const createOrganizationPackYaml = (name: string): string => `  Organization:
    Type: AWS::Config::OrganizationConformancePack
    Properties:
      OrganizationConformancePackName: ${name}
`;

/** Returns Packscope's hovers at an offset. */
export async function getHoversAt(document: TextDocument, offset: number): Promise<MarkdownString[]> {
  const position = document.positionAt(offset);
  const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, position);
  return hovers
    .flatMap(({ contents }) => contents)
    .filter((content) => content instanceof MarkdownString)
    .filter(({ value }) => /^(Conformance pack|Rule) /.test(value));
}

/** Returns Packscope's hovers over the first occurrence of a text. */
export function getHoversOver(document: TextDocument, text: string): Promise<MarkdownString[]> {
  const start = document.getText().indexOf(text);
  if (start < 0) throw new Error(`The document has no ${text}`);
  return getHoversAt(document, start + 1);
}

/** Replaces the first occurrence of a text. */
export async function typeOver(document: TextDocument, text: string, replacement: string): Promise<void> {
  const start = document.getText().indexOf(text);
  const edit = new WorkspaceEdit();
  edit.replace(
    document.uri,
    new Range(document.positionAt(start), document.positionAt(start + text.length)),
    replacement,
  );
  await workspace.applyEdit(edit);
}

/** Waits until the hover over a name shows the loaded pack. */
export const waitForPackHover = (document: TextDocument, name = s3): Promise<MarkdownString> =>
  eventually(async () => {
    const [hover] = await getHoversOver(document, name);
    assert(hover, `No hover over ${name}`);
    assert(hover.value.includes('Open Pack'), hover.value);
    return hover;
  });

/** Returns Packscope's diagnostics. */
export const getProblems = ({ uri }: TextDocument): Diagnostic[] =>
  languages.getDiagnostics(uri).filter(({ source }) => source === 'Packscope');
