import type { TemplateContents } from '../cloudformation/find.ts';
import type { TemplateDocument } from '../model.ts';
import type { Work } from '../timeSlicing.ts';
import { findInProgram } from './find.ts';
import { pythonSyntax } from './pythonSyntax.ts';

/** Finds the pack names of a program in Python. */
export const findInPython = (document: TemplateDocument): Work<TemplateContents> =>
  findInProgram(document, pythonSyntax);
