import type { StateCounts } from './cells.ts';

/** The counts of no packs. */
export const noPacks: StateCounts = { packs: 0, compliant: 0, insufficientData: 0, nonCompliant: 0, unknown: 0 };

/** Counts packs by state from the number of packs in each. States outside of the API model are unknown. */
export function toStateCounts(states: ReadonlyMap<string, number>): StateCounts {
  const { COMPLIANT = 0, INSUFFICIENT_DATA = 0, NON_COMPLIANT = 0 } = Object.fromEntries(states);
  const packs = [...states.values()].reduce((sum, count) => sum + count, 0);
  const unknown = packs - COMPLIANT - INSUFFICIENT_DATA - NON_COMPLIANT;
  return { packs, compliant: COMPLIANT, insufficientData: INSUFFICIENT_DATA, nonCompliant: NON_COMPLIANT, unknown };
}

export const addCounts = (a: StateCounts, b: StateCounts): StateCounts => ({
  packs: a.packs + b.packs,
  compliant: a.compliant + b.compliant,
  insufficientData: a.insufficientData + b.insufficientData,
  nonCompliant: a.nonCompliant + b.nonCompliant,
  unknown: a.unknown + b.unknown,
});

export const sumCounts = (counts: Iterable<StateCounts>): StateCounts => {
  let sum = noPacks;
  for (const each of counts) sum = addCounts(sum, each);
  return sum;
};
