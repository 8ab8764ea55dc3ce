import type { TreeNode } from './model/nodes.ts';

/** Changes within this many milliseconds are reported together. */
const batchInterval = 16;

/**
 * Batches changes of the tree. Changes are held back while the view is hidden, and while VS Code reveals a node: a
 * change then would cancel its requests for children on the path to the node.
 */
export class ChangeQueue {
  /** Changed nodes; undefined stands for the whole tree. */
  readonly #pending = new Set<TreeNode | undefined>();
  readonly #isVisible: () => boolean;
  readonly #notify: (changed: TreeNode[] | undefined) => void;
  #suspensions = 0;
  #timer: NodeJS.Timeout | undefined;

  /** `notify` is called with the changed nodes, or with undefined if the whole tree has changed. */
  constructor(isVisible: () => boolean, notify: (changed: TreeNode[] | undefined) => void) {
    this.#isVisible = isVisible;
    this.#notify = notify;
  }

  add(node: TreeNode | undefined): void {
    this.#pending.add(node);
    this.scheduleFlush();
  }

  /** Schedules a notification of the pending changes, unless they still have to be held back by then. */
  scheduleFlush(): void {
    if (this.#pending.size === 0) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (this.#suspensions > 0 || !this.#isVisible()) return;
      const nodes = [...this.#pending].filter((node) => node !== undefined);
      const isWholeTree = this.#pending.has(undefined);
      this.#pending.clear();
      this.#notify(isWholeTree ? undefined : nodes);
    }, batchInterval);
  }

  /** Notifies of the whole tree once, then holds back all changes until `run` has ended. */
  async suspendDuring(run: () => Thenable<void>): Promise<void> {
    this.#suspensions += 1;
    try {
      this.#pending.clear();
      this.#notify(undefined);
      await run();
    } finally {
      this.#suspensions -= 1;
      this.scheduleFlush();
    }
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}
