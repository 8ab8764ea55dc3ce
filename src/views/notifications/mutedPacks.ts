import type * as vscode from 'vscode';
import { packKey, type Scope } from '../../compliance/model.ts';

const storageKey = 'packscope.muted';

/** A pack by its place and name. */
export interface MutedPack {
  readonly scope: Scope;
  readonly name: string;
}

/** The packs that nobody is told of, kept in the extension's storage. */
export class Muted {
  readonly #storage: vscode.Memento;

  constructor(storage: vscode.Memento) {
    this.#storage = storage;
  }

  get all(): readonly MutedPack[] {
    return this.#storage.get<readonly MutedPack[]>(storageKey, []);
  }

  has(scope: Scope, name: string): boolean {
    return this.all.some(isPack(scope, name));
  }

  async set(scope: Scope, name: string, muted: boolean): Promise<void> {
    const isIt = isPack(scope, name);
    const others = this.all.filter((pack) => !isIt(pack));
    await this.#storage.update(storageKey, muted ? [...others, { scope, name }] : others);
  }
}

const isPack = (scope: Scope, name: string) => (pack: MutedPack) =>
  packKey(pack.scope, pack.name) === packKey(scope, name);
