import type { TemplateContents } from '../cloudformation/find.ts';
import type { TemplateDocument } from '../model.ts';
import { maskCostlyLines } from '../syntax/javascriptMask.ts';
import type { Work } from '../timeSlicing.ts';
import { findInProgram } from './find.ts';
import { javascriptSyntax } from './javascriptSyntax.ts';

/** Finds the pack names of a program in TypeScript or JavaScript. */
export const findInJavaScript = (document: TemplateDocument): Work<TemplateContents> =>
  findInProgram({ ...document, text: maskCostlyLines(document.text) }, javascriptSyntax);
