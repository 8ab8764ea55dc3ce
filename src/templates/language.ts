/** The languages that packs are written in. */
export type Language = 'cloudformation' | 'terraform' | 'javascript' | 'python';

const languages: readonly (readonly [RegExp, Language])[] = [
  [/\.(tf|tofu)(\.json)?$/i, 'terraform'],
  [/\.[cm]?[jt]sx?$/i, 'javascript'],
  [/\.py$/i, 'python'],
  [/\.(ya?ml|json|template|cfn)$/i, 'cloudformation'],
];

/** Detects the language of a file by its extension. */
export const detectLanguage = (path: string): Language | undefined =>
  languages.find(([ending]) => ending.test(path))?.[1];
