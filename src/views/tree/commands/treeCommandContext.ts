import type { Memento } from 'vscode';
import type { Estate } from '../../../compliance/store/estate.ts';
import type { Panels } from '../../panel/register.ts';
import type { PacksTree } from '../packsTree.ts';

/** What the tree's commands run on. */
export interface TreeCommandContext {
  readonly tree: PacksTree;
  readonly estate: Estate;
  readonly panels: Pick<Panels, 'refreshActive'>;
  /** Holds the filters saved by name. */
  readonly globalState: Memento;
}
