import type { List } from '../../compliance/paging/list.ts';
import type { Estate } from '../../compliance/store/estate.ts';

/** Calls `run` once, on the estate's first change that `isRelevant` accepts. */
export function onFirstChange(
  estate: Estate,
  isRelevant: (list: List<unknown> | undefined) => boolean,
  run: () => unknown,
): void {
  const stop = estate.onDidChange((list) => {
    if (!isRelevant(list)) return;
    stop();
    void run();
  });
}
