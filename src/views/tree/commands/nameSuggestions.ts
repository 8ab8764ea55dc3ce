import type { Filter } from '../../../compliance/filter.ts';
import { validate } from '../../../compliance/validation.ts';
import { rankByText } from '../../palette/nameRanking.ts';
import type { Suggestion } from './pickSuggestion.ts';

/** The filter for a part of a name, and those for the exact names of the loaded packs that match, best matches first. */
export function createNameItems(text: string, loadedNames: readonly string[]): readonly Suggestion<Filter>[] {
  const typed = text.trim();
  const names = [...new Set(loadedNames)].map((label) => ({ label }));
  const matches = rankByText(names, typed).map(({ label }) => label);
  const isNew = validate('name', typed) === undefined && !matches.includes(typed);
  const exact = [...matches, ...(isNew ? [typed] : [])].map((name) => ({
    label: name,
    description: 'exact name',
    value: { name },
  }));
  if (typed !== '') {
    const contains = {
      label: `Contains “${typed}”`,
      description: 'among loaded packs',
      value: { nameContains: typed },
    };
    return [contains, ...exact];
  }
  if (exact.length > 0) return exact;
  return [{ label: 'No packs loaded', detail: 'Type part of a name, or an exact name.' }];
}
