import type { Range } from '../model.ts';
import type { Assignment } from './assignments.ts';
import type { Block } from './blocks.ts';

/** Whether an offset is in a range. */
export const contains = ({ start, end }: Range, at: number): boolean => start <= at && at < end;

/**
 * The assignments that may have set a variable at an offset: those before it, up to one that is always executed, and
 * those in the rest of a loop. A function is called later, so that what is assigned outside of it counts wherever it is.
 */
export function selectAssignments(
  all: readonly Assignment[],
  name: string,
  at: number,
  block: Block | undefined,
): readonly Assignment[] {
  const visible = all.filter((assignment) => isVisible(assignment, name, at, block));
  const isLocal = (assignment: Assignment) => block === undefined || contains(block, assignment.start);
  const before = visible.filter((assignment) => assignment.end <= at && isLocal(assignment));
  const index = before.findLastIndex(({ isCertain, around }) => isCertain && contains(around, at));
  const last = before[index];
  const later = visible.filter((assignment) => assignment.end > at && isRepeated(assignment, at, last));
  if (last !== undefined) return [...before.slice(index), ...later];
  const outside = visible.filter((assignment) => !isLocal(assignment));
  return [...before, ...later, ...outside.filter((assignment) => !isOverwritten(assignment, outside))];
}

/** Whether an assignment may have an effect at an offset in a function or outside of all. */
function isVisible({ kind, around, command }: Assignment, name: string, at: number, block: Block | undefined): boolean {
  if (around.subshell !== undefined && !contains(around.subshell, at)) return false;
  if (command !== undefined) return block !== undefined && around.function !== block;
  if (around.function === undefined || contains(around.function, at)) return true;
  // The calls of a function stand for what may be anything in it.
  return kind !== 'change' && (block !== undefined || !around.function.locals.has(name));
}

/** Whether a change is always followed by an assignment. */
const isOverwritten = ({ kind, start }: Assignment, all: readonly Assignment[]): boolean =>
  kind === 'change' && all.some((each) => each.isCertain && each.start > start && contains(each.around, start));

/** Whether an assignment may be executed again before an offset: both are in a loop that the last assignment is not in. */
function isRepeated({ around }: Assignment, at: number, last: Assignment | undefined): boolean {
  for (let { loop } = around; loop !== undefined; loop = loop.parent?.loop) {
    if (contains(loop, at) && !(last && contains(loop, last.start))) return true;
  }
  return false;
}
