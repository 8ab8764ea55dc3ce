import { configurationErrors } from './configurationErrors.ts';
import type { ErrorKindTexts } from './errorKind.ts';
import { ownErrors } from './ownErrors.ts';
import { routeErrors } from './routeErrors.ts';
import { serviceErrors } from './serviceErrors.ts';

const families = {
  configuration: configurationErrors,
  route: routeErrors,
  service: serviceErrors,
  own: ownErrors,
};

/** What was wrong before anything was sent, on the way to AWS, in the answer of AWS, or in Packscope itself. */
export type ErrorFamily = keyof typeof families;

/** The kinds of errors, each with its own texts and actions. To add a kind, add an entry to the table of its family. */
export type ErrorKind = { [Family in ErrorFamily]: keyof (typeof families)[Family] }[ErrorFamily];

const table: Readonly<Record<ErrorKind, ErrorKindTexts>> = {
  ...configurationErrors,
  ...routeErrors,
  ...serviceErrors,
  ...ownErrors,
};

export const errorKinds = Object.keys(table) as readonly ErrorKind[];

export const getTexts = (kind: ErrorKind): ErrorKindTexts => table[kind];

/** The heading of each family, for surfaces with room for it. */
const familyTitles: Readonly<Record<ErrorFamily, string>> = {
  configuration: 'Your configuration: nothing was sent',
  route: 'The way to AWS',
  service: 'The answer of AWS',
  own: 'Inside Packscope',
};

export function getFamily(kind: ErrorKind): { readonly family: ErrorFamily; readonly familyTitle: string } {
  const names = Object.keys(families) as ErrorFamily[];
  const family = names.find((name) => kind in families[name]) ?? 'own';
  return { family, familyTitle: familyTitles[family] };
}
