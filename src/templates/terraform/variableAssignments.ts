import type { DeploymentScope } from '../model.ts';
import type { Files, Inputs } from './files.ts';
import { Module } from './module.ts';

/** Depth of module calls that names are followed through. */
const maxCallDepth = 4;

/** Evaluation steps for one name, far more than any real configuration needs. */
export const maxSteps = 5_000;

/** Variable assignments to evaluate per name. */
const maxAssignments = 32;

/** All possible values of a module's variables: from its callers or else from variable files. */
export class VariableAssignments {
  readonly #files: Files;
  readonly #deploymentScope: DeploymentScope;
  readonly #found = new Map<string, readonly Inputs[]>();

  constructor(files: Files, deploymentScope: DeploymentScope) {
    this.#files = files;
    this.#deploymentScope = deploymentScope;
  }

  /** The folder's configuration for each assignment. */
  findModules(folder: string): readonly Module[] {
    return this.#find(folder, 0).map((inputs) => this.#createModule(folder, inputs));
  }

  #createModule(folder: string, inputs: Inputs): Module {
    return new Module(this.#files, folder, inputs, this.#deploymentScope, { left: maxSteps, depth: 0 });
  }

  #find(folder: string, depth: number): readonly Inputs[] {
    const key = `${depth} ${folder}`;
    const found = this.#found.get(key) ?? this.#findNew(folder, depth);
    this.#found.set(key, found);
    return found;
  }

  #findNew(folder: string, depth: number): readonly Inputs[] {
    const calls = depth === maxCallDepth ? [] : this.#files.findCalls(folder);
    if (calls.length === 0) return this.#files.getVariableAssignments(folder).slice(0, maxAssignments);
    const found: Inputs[] = [];
    for (const { caller, call } of calls) {
      for (const inputs of this.#find(caller, depth + 1)) {
        if (found.length >= maxAssignments) return found.slice(0, maxAssignments);
        found.push(...this.#createModule(caller, inputs).evaluateInputs(call));
      }
    }
    return found.slice(0, maxAssignments);
  }
}
