import type { DeploymentScope } from '../model.ts';
import type { Files, Inputs } from './files.ts';
import { Module } from './module.ts';
import { maxCallDepth } from './paths.ts';

/** Evaluation steps for one name, far more than any real configuration needs. */
const maxSteps = 5_000;

/** Variable assignments to evaluate per name. */
const maxAssignments = 32;

/** A folder's configuration for each possible assignment of its variables: from its callers or else from variable files. */
export function findModules(files: Files, folder: string, deploymentScope: DeploymentScope): readonly Module[] {
  const createModule = (each: string, inputs: Inputs): Module =>
    new Module(files, each, inputs, deploymentScope, { left: maxSteps, depth: 0 });
  const known = new Map<string, readonly Inputs[]>();
  const find = (called: string, depth: number): readonly Inputs[] => {
    const key = `${depth} ${called}`;
    const found = known.get(key) ?? findNew(called, depth);
    known.set(key, found);
    return found;
  };
  const findNew = (called: string, depth: number): readonly Inputs[] => {
    const calls = depth === maxCallDepth ? [] : files.findCalls(called);
    if (calls.length === 0) return files.getVariableAssignments(called).slice(0, maxAssignments);
    const found: Inputs[] = [];
    for (const { caller, call } of calls) {
      for (const inputs of find(caller, depth + 1)) {
        if (found.length >= maxAssignments) return found.slice(0, maxAssignments);
        found.push(...createModule(caller, inputs).evaluateInputs(call));
      }
    }
    return found.slice(0, maxAssignments);
  };
  return find(folder, 0).map((inputs) => createModule(folder, inputs));
}
