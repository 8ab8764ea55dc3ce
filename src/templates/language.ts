/** The languages that packs are written in. */
export type Language = 'cloudformation';

const languages: readonly [RegExp, Language][] = [[/\.(ya?ml|json|template|cfn)$/i, 'cloudformation']];

/** The language of a file, by its name. */
export const languageOf = (path: string): Language | undefined => languages.find(([ending]) => ending.test(path))?.[1];
