/** A range of a document in UTF-16 offsets, as `TextDocument.positionAt` takes them. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** The account and region that a template is deployed to, as far as known. Resolves `AWS::AccountId` and the like. */
export interface DeploymentScope {
  readonly account?: string;
  readonly region?: string;
  readonly partition?: string;
}

/** A name that a reference may resolve to. */
export interface ResolvedName {
  /** `exact`: the name is known. `pattern`: parts are known only after deployment. `open`: nothing is known. */
  readonly kind: 'exact' | 'pattern' | 'open';
  /** The name, with `*` for each unknown part. */
  readonly text: string;
}

/** A name in a document. */
export interface NameReference {
  /** The name without quotes, or the whole expression. */
  readonly range: Range;
  /** The whole value with quotes and tags. */
  readonly valueRange: Range;
  /** The resource that has the name. */
  readonly resourceRange: Range;
  /** All names that this may resolve to: more than one for a loop or a condition. Never empty. */
  resolve(deploymentScope?: DeploymentScope): readonly ResolvedName[];
}

export interface PackReference extends NameReference {
  /** Packs of an organization are deployed under another name. */
  readonly kind: 'pack' | 'organization';
  /** Whether the name is only written here, and the pack that has it is defined elsewhere. */
  readonly isSource?: boolean;
  /** Where the pack is deployed, as far as files say: more than one for a module with several callers. Never empty. */
  readonly getPlacements?: () => readonly Placement[];
}

/** A place that a pack is deployed to. An unknown region or account may be any. */
export interface Placement {
  /** The stack, provider or condition. Packs of different groups need not be deployed to the same place. */
  readonly group: string;
  readonly region?: string | undefined;
  readonly account?: string | undefined;
}

export type RuleReference = NameReference;

/** A conformance pack's own template: a separate file or the body of a pack resource. */
export interface PackTemplate {
  readonly range: Range;
  /** Size of the text in UTF-8, as the service counts it. */
  readonly bytes: number;
  /** Number of rules, with or without a name. */
  readonly ruleCount: number;
  readonly rules: readonly RuleReference[];
  /** The pack that contains this template. */
  readonly pack: PackReference | undefined;
}

/** The conformance packs of a document. */
export interface TemplateIndex {
  readonly packs: readonly PackReference[];
  readonly packTemplates: readonly PackTemplate[];
  /** Why the document was skipped, if it was. */
  readonly skippedReason: 'too large' | 'takes too long' | undefined;
}

/** A document and the other files that its names may depend on. */
export interface TemplateDocument {
  /** Uses `/` between folders. The extension determines the language. */
  readonly path: string;
  readonly text: string;
  /** Texts of related files by path: of a Terraform module, its callers and what they call, or the files that a program imports. */
  readonly files?: ReadonlyMap<string, string>;
}
