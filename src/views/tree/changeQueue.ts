import type { TreeNode } from './model/nodes.ts';

/** Changes that follow each other this fast are told as one, in milliseconds. */
const gatherFor = 16;

/**
 * Gathers what has changed in the tree, and tells of it at once: nothing while nobody looks, and nothing while VS Code
 * walks down to a node, for a change calls off what it asks on the way.
 */
export class ChangeQueue {
  /** Nodes that have changed; undefined is the whole tree. */
  readonly #changed = new Set<TreeNode | undefined>();
  readonly #isSeen: () => boolean;
  readonly #tell: (changed: TreeNode[] | undefined) => void;
  #holds = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(isSeen: () => boolean, tell: (changed: TreeNode[] | undefined) => void) {
    this.#isSeen = isSeen;
    this.#tell = tell;
  }

  add(node: TreeNode | undefined): void {
    this.#changed.add(node);
    this.release();
  }

  /** Tells soon of what has been kept back, where nothing keeps it back any more. */
  release(): void {
    if (this.#changed.size === 0) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (this.#holds > 0 || !this.#isSeen()) return;
      const nodes = [...this.#changed].filter((node) => node !== undefined);
      const whole = this.#changed.has(undefined);
      this.#changed.clear();
      this.#tell(whole ? undefined : nodes);
    }, gatherFor);
  }

  /** Tells of the whole tree, and then of nothing until `walk` has ended. */
  async during(walk: () => Thenable<void>): Promise<void> {
    this.#holds += 1;
    try {
      this.#changed.clear();
      this.#tell(undefined);
      await walk();
    } finally {
      this.#holds -= 1;
      this.release();
    }
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}
