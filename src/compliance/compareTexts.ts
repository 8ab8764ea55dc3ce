/** Compares texts by their code units, so that the order is the same on every computer. */
export const compareTexts = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
