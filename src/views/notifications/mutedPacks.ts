import type * as vscode from 'vscode';
import { getPackKey, type Scope } from '../../compliance/model.ts';

const storageKey = 'packscope.muted';

/** A pack identified by its scope and name. */
export interface MutedPack {
  readonly scope: Scope;
  readonly name: string;
}

/** The packs without notifications, persisted in the extension's storage. */
export class MutedPacks {
  readonly #storage: vscode.Memento;

  constructor(storage: vscode.Memento) {
    this.#storage = storage;
  }

  get all(): readonly MutedPack[] {
    return this.#storage.get<readonly MutedPack[]>(storageKey, []);
  }

  has(pack: MutedPack): boolean {
    return this.all.some((each) => getKey(each) === getKey(pack));
  }

  /** Mutes or unmutes packs. */
  async set(packs: readonly MutedPack[], isMuted: boolean): Promise<void> {
    const keys = packs.map(getKey);
    const others = this.all.filter((each) => !keys.includes(getKey(each)));
    await this.#storage.update(
      storageKey,
      isMuted ? [...others, ...packs.map(({ scope, name }) => ({ scope, name }))] : others,
    );
  }
}

const getKey = ({ scope, name }: MutedPack): string => getPackKey(scope, name);
