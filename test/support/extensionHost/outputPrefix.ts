/** Starts each line that is meant for who started us on the console, where everything else in the editor writes too. */
export const outputPrefix = '[tests] ';
