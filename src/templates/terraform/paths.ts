import { getFolder } from '../paths.ts';

/** Depth of module calls that names and files are followed through. */
export const maxCallDepth = 4;

export const isTerragrunt = (path: string): boolean => /(^|\/)terragrunt\.hcl$/.test(path);
export const isConfiguration = (path: string): boolean => /\.(tf|tofu)(\.json)?$/.test(path) || isTerragrunt(path);
export const isVariables = (path: string): boolean => /\.tfvars(\.json)?$/.test(path);

/** Whether a variable file is read after `terraform.tfvars`, in the order of names. */
export const isNamedAuto = (path: string): boolean => /\.auto\.tfvars(\.json)?$/.test(path);

/** Whether Terraform reads a variable file without being told to. */
export const isAutomatic = (path: string): boolean =>
  isNamedAuto(path) || /(^|\/)terraform\.tfvars(\.json)?$/.test(path);

export const isLocalSource = (source: string): boolean => /^\.\.?(\/|$)/.test(source);

/** The folders of modules. One that has nothing but a Terragrunt configuration deploys a module of another folder. */
export const getModuleFolders = (paths: readonly string[]): ReadonlySet<string> =>
  new Set(paths.filter((path) => isConfiguration(path) && !isTerragrunt(path)).map(getFolder));
