/** A stretch of a document, in UTF-16 offsets: what `TextDocument.positionAt` takes. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Where a template is deployed, as far as it is known: fills `AWS::AccountId` and the like. */
export interface DeploymentScope {
  readonly account?: string;
  readonly region?: string;
  readonly partition?: string;
}

/** What a name in a template comes to. */
export interface ResolvedName {
  /** `exact`: the name. `pattern`: parts of it are only known when it is deployed. `open`: nothing is known. */
  readonly kind: 'exact' | 'pattern' | 'open';
  /** The name; `*` stands for each part that stays open. */
  readonly text: string;
}

/** A place in a document where a name stands. */
export interface NameReference {
  /** The name's own text, without quotes; for an expression, all of it. */
  readonly range: Range;
  /** The whole value as it is written, with quotes and tags. */
  readonly valueRange: Range;
  /** The resource that bears the name. */
  readonly resourceRange: Range;
  /** All the names this may come to: more than one for a loop or for the branches of a condition. Never empty. */
  resolve(place?: DeploymentScope): readonly ResolvedName[];
}

export interface PackReference extends NameReference {
  /** An organization's packs are deployed under another name. */
  readonly kind: 'pack' | 'organization';
}

export type RuleReference = NameReference;

/** A conformance pack's own template: a file of its own, or the text a pack carries with it. */
export interface PackTemplate {
  readonly range: Range;
  /** Size of the text as the service counts it. */
  readonly bytes: number;
  /** How many rules it has, named or not. */
  readonly ruleCount: number;
  readonly rules: readonly RuleReference[];
  /** The pack that carries this template with it. */
  readonly pack: PackReference | undefined;
}

/** What a document says of conformance packs. */
export interface TemplateIndex {
  readonly packs: readonly PackReference[];
  readonly packTemplates: readonly PackTemplate[];
  /** Why the document was left alone, where it was. */
  readonly skippedReason: 'too large' | undefined;
}

/** A document, and the other files its names may depend on. */
export interface TemplateDocument {
  /** With `/` between folders; the ending says what language it is. */
  readonly path: string;
  readonly text: string;
  /** Text of the Terraform files that belong to it, by path: those of its folder, and of modules that call or are called. */
  readonly files?: ReadonlyMap<string, string>;
}
