import type { ErrorDetails } from '../../errorDetails.ts';

/** An action that resolves an error, or helps to understand it. */
export type ErrorAction =
  | { readonly kind: 'signIn' }
  /** Opens a file of the AWS CLI at a line, counted from 1. */
  | { readonly kind: 'openFile'; readonly file: string; readonly line: number }
  /** Opens a setting of VS Code by its full name. */
  | { readonly kind: 'openSetting'; readonly setting: string }
  /** Copies an IAM policy that allows the actions. */
  | { readonly kind: 'copyPolicy'; readonly permissions: readonly string[] }
  /** Lets the user select profiles and regions. */
  | { readonly kind: 'selectConnections' }
  /** Shows sample data instead. */
  | { readonly kind: 'exploreSampleData' }
  | { readonly kind: 'retry' }
  | { readonly kind: 'showLog' };

/** A likely cause and its remedy, in one or more sentences, and the action that starts the remedy. */
export interface Cause {
  readonly text: string;
  readonly action?: ErrorAction | undefined;
}

/** What the texts of an error depend on. */
export interface ErrorContext {
  /** The redacted message of the cause. */
  readonly message: string;
  readonly details: ErrorDetails;
  /** The profile of the connection, if the settings name one. */
  readonly profile: string | undefined;
}

/** The texts of a kind of error. */
export interface ErrorKindTexts {
  /** A short phrase without a full stop. It says what was observed, and blames nothing without evidence. */
  readonly getTitle: (facts: ErrorContext) => string;
  /** The likely causes, the most likely one first. Every error can be retried, which needs no cause. */
  readonly getCauses: (facts: ErrorContext) => readonly [Cause, ...Cause[]];
  /** Set if the title says what could not be read, or if the cause concerns everything that a connection reads. */
  readonly hidesSubject?: true;
  /** What a view offers besides the actions of the causes. */
  readonly furtherActions?: readonly ErrorAction[];
}
