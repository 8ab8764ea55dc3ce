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

/** The folder of a path without a trailing slash. */
export const getFolder = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

export const isLocalSource = (source: string): boolean => /^\.\.?(\/|$)/.test(source);

export function joinPath(folder: string, relative: string): string {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of relative.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
