import type { TemplateDocument } from './model.ts';

/** The languages that packs are written in. */
export type Language = 'cloudformation' | 'terraform' | 'javascript' | 'python' | 'shell' | 'markdown';

/** Languages whose files refer to each other by path. */
export type LinkedLanguage = Exclude<Language, 'terraform' | 'markdown'>;

/** Characters. Larger documents contain data rather than templates. */
export const maxTemplateLength = 1_100_000;

/**
 * Characters. Programs are parsed as a whole because a name may be declared anywhere. Hand-written ones are far
 * smaller.
 */
export const maxProgramLength = 500_000;

/** Properties of a language that are needed before its parser is loaded. */
export interface LanguageTraits {
  readonly path: RegExp;
  readonly maxLength: number;
  /** Whether a text might contain pack names. A cheap test that skips almost all other documents. */
  readonly mightContainPacks: (text: string, path: string) => boolean;
  /** Whether the document or a related file mentions packs. */
  readonly mentionsPacks?: (document: TemplateDocument) => boolean;
}

const mentionsResource = (text: string): boolean =>
  text.includes('ConformancePack') || text.includes('conformance_pack');
const mentionsCommand = (text: string): boolean => text.includes('conformance-pack');

const languages: Readonly<Record<Language, LanguageTraits>> = {
  terraform: {
    path: /\.(tf|tofu)(\.json)?$|\.tfvars(\.json)?$|(^|\/)terragrunt\.hcl$/i,
    maxLength: maxTemplateLength,
    // A name may be the value of a variable or a local, or be passed to a module.
    mightContainPacks: (text, path) =>
      mentionsResource(text) || /\b(?:module|variable|locals|inputs)\b/.test(text) || /vars/i.test(path),
    mentionsPacks: ({ text, files }) => [text, ...(files?.values() ?? [])].some(mentionsResource),
  },
  javascript: { path: /\.[cm]?[jt]sx?$/i, maxLength: maxProgramLength, mightContainPacks: mentionsResource },
  python: { path: /\.py$/i, maxLength: maxProgramLength, mightContainPacks: mentionsResource },
  shell: { path: /\.(sh|bash|zsh|ksh)$/i, maxLength: maxProgramLength, mightContainPacks: mentionsCommand },
  markdown: { path: /\.(md|markdown)$/i, maxLength: maxTemplateLength, mightContainPacks: mentionsCommand },
  cloudformation: {
    path: /\.(ya?ml|json|template|cfn)$/i,
    maxLength: maxTemplateLength,
    mightContainPacks: (text) => /conformancepack/i.test(text) || text.includes('AWS::Config::ConfigRule'),
  },
};

/** Detects the language of a file by its extension. */
export const detectLanguage = (path: string): Language | undefined =>
  (Object.keys(languages) as Language[]).find((language) => languages[language].path.test(path));

export const getTraits = (language: Language): LanguageTraits => languages[language];

/** Whether a document is in a known language and might contain pack names. */
export function mightContainPacks({ path, text }: TemplateDocument): boolean {
  const language = detectLanguage(path);
  return language !== undefined && languages[language].mightContainPacks(text, path);
}
