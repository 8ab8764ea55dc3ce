/** Marks the console lines of tests, because VS Code writes to the same console. */
export const outputPrefix = '[tests] ';
