import type { Line } from './lines.ts';
import { toggled, type View } from './state.ts';
import type { Actions } from './view/actions.ts';

/** What a key does on the table; true where it did something. `page` is how many lines are seen. */
export function pressKey(
  { key }: { readonly key: string },
  lines: readonly Line[],
  view: View,
  page: number,
  actions: Actions,
): boolean {
  const index = lines.findIndex(({ id }) => id === view.focused);
  const line = lines[index];
  const focus = (to: number): boolean => {
    const target = lines[Math.min(lines.length - 1, Math.max(0, to))];
    if (target) actions.look({ focused: target.id });
    return target !== undefined;
  };
  switch (key) {
    case 'ArrowDown':
      return focus(index + 1);
    case 'ArrowUp':
      return focus(index - 1);
    case 'PageDown':
      return focus(index + page);
    case 'PageUp':
      return focus(index - page);
    case 'Home':
      return focus(0);
    case 'End':
      return focus(lines.length - 1);
    case 'ArrowRight':
      return line !== undefined && 'unfolded' in line && line.unfolded === false && unfold(line, actions);
    case 'ArrowLeft':
      if (line && 'unfolded' in line && line.unfolded) return unfold(line, actions);
      return line !== undefined && focus(parentOf(lines, index));
    case 'Enter':
      return line !== undefined && activate(line, actions);
    case ' ':
      if (line?.kind !== 'rule') return false;
      actions.look({ chosen: toggled(view.chosen, line.rule.name) });
      return true;
    default:
      return false;
  }
}

function unfold({ id }: Line, actions: Actions): boolean {
  actions.toggle(id);
  return true;
}

function activate(line: Line, actions: Actions): boolean {
  if (line.kind === 'more') actions.more(line.rule, line.shown);
  else if ('unfolded' in line && line.unfolded !== undefined) actions.toggle(line.id);
  return true;
}

function parentOf(lines: readonly Line[], index: number): number {
  const level = lines[index]?.level ?? 1;
  return Math.max(
    0,
    lines.findLastIndex((line, at) => at < index && line.level < level),
  );
}
