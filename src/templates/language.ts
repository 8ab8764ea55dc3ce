import type { TemplateDocument } from './model.ts';

/** The languages that packs are written in. */
export type Language = 'cloudformation' | 'terraform' | 'javascript' | 'python' | 'shell' | 'markdown';

/** Characters. Larger documents contain data rather than templates. */
export const maxTemplateLength = 1_100_000;

/**
 * Characters. Programs are parsed as a whole because a name may be declared anywhere. Hand-written ones are far
 * smaller.
 */
export const maxProgramLength = 500_000;

/** What is known of a language without its parser. */
export interface LanguageTraits {
  readonly path: RegExp;
  readonly maxLength: number;
  /** Whether the document mentions packs. A cheap test before its parser is loaded. */
  readonly mentionsPacks: (document: TemplateDocument) => boolean;
}

const mentionsClass = ({ text }: TemplateDocument): boolean => text.includes('ConformancePack');
const mentionsCommand = ({ text }: TemplateDocument): boolean => text.includes('conformance-pack');

const languages: Readonly<Record<Language, LanguageTraits>> = {
  terraform: { path: /\.(tf|tofu)(\.json)?$/i, maxLength: maxTemplateLength, mentionsPacks: mentionsTerraformPacks },
  javascript: { path: /\.[cm]?[jt]sx?$/i, maxLength: maxProgramLength, mentionsPacks: mentionsClass },
  python: { path: /\.py$/i, maxLength: maxProgramLength, mentionsPacks: mentionsClass },
  shell: { path: /\.(sh|bash|zsh|ksh)$/i, maxLength: maxProgramLength, mentionsPacks: mentionsCommand },
  markdown: { path: /\.(md|markdown)$/i, maxLength: maxTemplateLength, mentionsPacks: mentionsCommand },
  cloudformation: {
    path: /\.(ya?ml|json|template|cfn)$/i,
    maxLength: maxTemplateLength,
    mentionsPacks: ({ text }) => text.includes('ConformancePack') || text.includes('AWS::Config::ConfigRule'),
  },
};

/** Whether the document or a module that it calls mentions packs. */
function mentionsTerraformPacks({ text, files }: TemplateDocument): boolean {
  if (text.includes('conformance_pack') || (text.includes('ConformancePack') && text.includes('template_body')))
    return true;
  return text.includes('module') && [...(files?.values() ?? [])].some((other) => other.includes('conformance_pack'));
}

/** Detects the language of a file by its extension. */
export const detectLanguage = (path: string): Language | undefined =>
  (Object.keys(languages) as Language[]).find((language) => languages[language].path.test(path));

export const getTraits = (language: Language): LanguageTraits => languages[language];
