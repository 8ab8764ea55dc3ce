import { ContextTracker } from '@lezer/lr';
import { parser as packageParser } from '@lezer/python';

/** What the contexts of `@lezer/python` have in common: indentations, brackets and strings around a position. */
interface Context {
  readonly parent: Context | null;
  /** The offset at which it begins, added here. */
  start?: number;
}

/** What a tracker of contexts is created from. */
type Tracker = Required<ConstructorParameters<typeof ContextTracker<Context>>[0]>;

/**
 * Leaves an indentation with the node that contains it, even if an error cut the node short. The package goes on as if
 * within it, so that a later parse would reuse statements after a class as statements of the class.
 */
function createTracker(tracker: Tracker): ContextTracker<Context> {
  return new ContextTracker({
    start: tracker.start,
    shift(context, term, stack, input) {
      const { pos } = input;
      const next: Context | null = tracker.shift(context, term, stack, input);
      if (next?.parent === context) next.start = pos;
      // Recovery from an error may end an indentation where there is none.
      return next ?? context;
    },
    reduce(context, term, stack, input) {
      const { pos } = input;
      let outer = tracker.reduce(context, term, stack, input);
      while (outer.parent !== null && (outer.start ?? -1) > pos) outer = outer.parent;
      return outer;
    },
    hash: (context) => tracker.hash(context),
  });
}

/** The parser of `@lezer/python`, which does not export its tracker of contexts. */
export const parser = packageParser.configure({
  contextTracker: createTracker(Reflect.get(packageParser, 'context') as Tracker),
});
