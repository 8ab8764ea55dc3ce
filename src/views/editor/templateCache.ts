import * as vscode from 'vscode';
import type { TemplateIndex } from '../../templates/model.ts';
import { isTerraform, mightContainPacks, templatePath } from './templateDetection.ts';
import { TerraformFiles } from './terraformFiles.ts';

/** Typing pauses this long, in milliseconds, before a document is read again. */
const typingPause = 250;

interface Entry {
  readonly version: number;
  readonly index: Promise<TemplateIndex | undefined>;
  /** Calls its reading off. */
  readonly off: AbortController;
}

/** The index of each document, made once per version; the parser is loaded with the first that mentions a pack. */
export class TemplateCache implements vscode.Disposable {
  readonly #log: vscode.LogOutputChannel;
  readonly #entries = new Map<string, Entry>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #indexed = new vscode.EventEmitter<vscode.TextDocument>();
  readonly #terraform = new TerraformFiles();
  readonly #subscriptions: readonly vscode.Disposable[];
  /** A document's index has come, or has come anew. */
  readonly onDidIndex = this.#indexed.event;

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
    this.#subscriptions = [
      this.#indexed,
      this.#terraform,
      this.#terraform.onDidChange(() => this.#readTerraformAgain()),
      vscode.workspace.onDidOpenTextDocument((document) => this.#announce(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#announceLater(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.#forget(document)),
    ];
    for (const document of vscode.workspace.textDocuments) void this.#announce(document);
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** The index of a document as it is now; undefined where it mentions no pack. */
  async indexOf(document: vscode.TextDocument): Promise<TemplateIndex | undefined> {
    const key = document.uri.toString();
    const known = this.#entries.get(key);
    if (known?.version === document.version) return known.index;
    known?.off.abort();
    if (!mightContainPacks(document)) {
      this.#entries.delete(key);
      return undefined;
    }
    const off = new AbortController();
    const entry = { version: document.version, index: this.#parse(document, off.signal), off };
    this.#entries.set(key, entry);
    return entry.index;
  }

  /** The index of a version; of the one after it, where that comes meanwhile. */
  async #parse(document: vscode.TextDocument, signal: AbortSignal): Promise<TemplateIndex | undefined> {
    const { parseTemplate } = await import('../../templates/parseTemplate.ts');
    const path = templatePath(document);
    const files = isTerraform(path) ? { files: await this.#terraform.texts(document) } : {};
    try {
      const index = await parseTemplate({ path, text: document.getText(), ...files }, signal);
      if (index.leftAlone) this.#log.info(`Left alone, ${index.leftAlone}: ${path}`);
      return index;
    } catch (error) {
      if (!signal.aborted) throw error;
      return document.isClosed ? undefined : this.indexOf(document);
    }
  }

  async #announce(document: vscode.TextDocument): Promise<void> {
    const hadIndex = this.#entries.has(document.uri.toString());
    const index = await this.indexOf(document);
    if ((index || hadIndex) && !document.isClosed) this.#indexed.fire(document);
  }

  /** A name may depend on any file of its configuration. */
  #readTerraformAgain(): void {
    for (const document of vscode.workspace.textDocuments.filter((each) => isTerraform(templatePath(each)))) {
      this.#entries.delete(document.uri.toString());
      this.#announceLater(document);
    }
  }

  #announceLater(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    clearTimeout(this.#timers.get(key));
    this.#timers.set(
      key,
      setTimeout(() => {
        this.#timers.delete(key);
        void this.#announce(document);
      }, typingPause),
    );
  }

  #forget({ uri }: vscode.TextDocument): void {
    const key = uri.toString();
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    this.#entries.get(key)?.off.abort();
    this.#entries.delete(key);
  }
}
