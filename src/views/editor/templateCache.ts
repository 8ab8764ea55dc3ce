import * as vscode from 'vscode';
import { mentionsService } from '../../templates/cloudformation/servicePaths.ts';
import { detectLanguage } from '../../templates/language.ts';
import type {
  NameReference,
  PackReference,
  PackTemplate,
  RuleReference,
  TemplateDocument,
  TemplateIndex,
} from '../../templates/model.ts';
import { writeLine } from '../shared/log.ts';
import type { LinkedFiles } from './linkedFiles.ts';
import { getTemplatePath, mightContainPacks } from './templateDetection.ts';
import { getFileKey, TerraformFiles } from './terraformFiles.ts';

/** A document is indexed again once typing has paused for this long. */
const typingDelayMs = 250;

interface CacheEntry {
  readonly version: number;
  readonly index: Promise<TemplateIndex | undefined>;
  readonly parsing: AbortController;
}

/** The reference at a position of a document, and the index that contains it. */
export type LocatedReference = { readonly index: TemplateIndex } & (
  | { readonly kind: 'pack'; readonly reference: PackReference }
  | { readonly kind: 'rule'; readonly reference: RuleReference; readonly template: PackTemplate }
);

/** Caches one index per document version. The parser is loaded with the first document that mentions a pack. */
export class TemplateCache implements vscode.Disposable {
  readonly #log: vscode.LogOutputChannel;
  /** By document, because a new untitled document may have the URI and version of a closed one. */
  readonly #entries = new WeakMap<vscode.TextDocument, CacheEntry>();
  /** The paths of the files that each program or script depends on. */
  readonly #linkedPaths = new WeakMap<vscode.TextDocument, ReadonlySet<string>>();
  #linkedFiles: Promise<LinkedFiles> | undefined;
  readonly #timers = new Map<vscode.TextDocument, NodeJS.Timeout>();
  readonly #onDidIndex = new vscode.EventEmitter<vscode.TextDocument>();
  readonly #terraform = new TerraformFiles();
  readonly #subscriptions: readonly vscode.Disposable[];
  /** Fires when a document has been indexed for the first time or again. */
  readonly onDidIndex = this.#onDidIndex.event;

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
    this.#subscriptions = [
      this.#onDidIndex,
      this.#terraform,
      // A name in Terraform may depend on any file of its configuration.
      this.#terraform.onDidChange(() => this.#reindexAll(isTerraform)),
      vscode.workspace.onDidOpenTextDocument((document) => this.#update(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        this.#scheduleUpdate(document);
        this.#reindexAll((other) => this.#linkedPaths.get(other)?.has(document.uri.path));
      }),
      vscode.workspace.onDidCloseTextDocument((document) => this.#delete(document)),
    ];
    for (const document of vscode.workspace.textDocuments) void this.#update(document);
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
    void this.#linkedFiles?.then((files) => files.dispose());
  }

  /** The index of the document's current version; undefined if the document mentions no pack. */
  async getIndex(document: vscode.TextDocument): Promise<TemplateIndex | undefined> {
    const cached = this.#entries.get(document);
    if (cached?.version === document.version) return cached.index;
    cached?.parsing.abort();
    if (!mightContainPacks(document)) {
      this.#entries.delete(document);
      return undefined;
    }
    const parsing = new AbortController();
    const entry = { version: document.version, index: this.#parse(document, parsing.signal), parsing };
    this.#entries.set(document, entry);
    return entry.index;
  }

  /** The pack's or rule's name at a position. */
  async findReference(document: vscode.TextDocument, position: vscode.Position): Promise<LocatedReference | undefined> {
    const index = await this.getIndex(document);
    return index && findReferenceAt(index, document.offsetAt(position));
  }

  /** Resolves with the index of a newer version if the document changes during parsing. */
  async #parse(document: vscode.TextDocument, signal: AbortSignal): Promise<TemplateIndex | undefined> {
    const { parseTemplate } = await import('../../templates/parseTemplate.ts');
    const path = getTemplatePath(document);
    const source = await this.#readSource(document, path);
    try {
      const index = await parseTemplate({ ...source, text: document.getText() }, signal);
      if (index.skippedReason) writeLine(this.#log, 'info', `Skipped ${path}: ${index.skippedReason}`);
      return index;
    } catch (error) {
      if (!signal.aborted) throw error;
      return document.isClosed ? undefined : this.getIndex(document);
    }
  }

  /** The path of a document and the files that its names may depend on. */
  async #readSource(document: vscode.TextDocument, path: string): Promise<Omit<TemplateDocument, 'text'>> {
    const language = detectLanguage(path);
    if (language === 'terraform') {
      return { path: getFileKey(document.uri.with({ path })), files: await this.#terraform.getTexts(document) };
    }
    const isLinked = language === 'cloudformation' ? mentionsService(document.getText()) : language !== 'markdown';
    if (language === undefined || language === 'markdown' || !isLinked) return { path };
    this.#linkedFiles ??= this.#loadLinkedFiles();
    // A file may change while it is read.
    this.#linkedPaths.set(document, this.#linkedPaths.get(document) ?? new Set());
    const files = await (await this.#linkedFiles).getTexts(document, language);
    this.#linkedPaths.set(document, new Set(files.keys()));
    return { path, files };
  }

  async #loadLinkedFiles(): Promise<LinkedFiles> {
    const { LinkedFiles } = await import('./linkedFiles.ts');
    const files = new LinkedFiles();
    files.onDidChange(() => this.#reindexAll((document) => this.#linkedPaths.has(document)));
    return files;
  }

  async #update(document: vscode.TextDocument): Promise<void> {
    const hadIndex = this.#entries.has(document);
    const index = await this.getIndex(document);
    if ((index || hadIndex) && !document.isClosed) this.#onDidIndex.fire(document);
  }

  #reindexAll(isAffected: (document: vscode.TextDocument) => boolean | undefined): void {
    for (const document of vscode.workspace.textDocuments) {
      if (!isAffected(document)) continue;
      this.#entries.delete(document);
      this.#scheduleUpdate(document);
    }
  }

  #scheduleUpdate(document: vscode.TextDocument): void {
    clearTimeout(this.#timers.get(document));
    this.#timers.set(
      document,
      setTimeout(() => {
        this.#timers.delete(document);
        void this.#update(document);
      }, typingDelayMs),
    );
  }

  #delete(document: vscode.TextDocument): void {
    clearTimeout(this.#timers.get(document));
    this.#timers.delete(document);
    this.#entries.get(document)?.parsing.abort();
    this.#entries.delete(document);
  }
}

const isTerraform = (document: vscode.TextDocument): boolean =>
  detectLanguage(getTemplatePath(document)) === 'terraform';

function findReferenceAt(index: TemplateIndex, offset: number): LocatedReference | undefined {
  const pack = index.packs.find((reference) => contains(reference, offset));
  if (pack) return { index, kind: 'pack', reference: pack };
  for (const template of index.packTemplates) {
    const rule = template.rules.find((reference) => contains(reference, offset));
    if (rule) return { index, kind: 'rule', reference: rule, template };
  }
  return undefined;
}

/** An empty name contains no offset: there is nothing to show for it. */
const contains = ({ range: { start, end } }: NameReference, offset: number): boolean =>
  start < end && start <= offset && offset <= end;
