import { getFolder, getFoldersAround, joinPath } from '../paths.ts';

/** The main file of a Serverless service. */
export const isMainFile = (path: string): boolean => /(?:^|\/)serverless\.ya?ml$/.test(path);

/** Folders around a file that may contain its service's main file. */
const maxParents = 4;

/** Matches the path in `${file(./names.yml):name}`. */
const fileReference = /\$\{file\(([^()$\n]{1,200})\)/g;

/** Files that a service refers to. */
const maxReferences = 40;

/** What leads from any other file of a service to the main one. */
export const mainLink = 'serverless.yml';

/** The files that a file's variables refer to: the service's main file, or what that includes. */
export function findServiceLinks(path: string, text: string): readonly string[] {
  if (!isMainFile(path)) return mentionsService(text) ? [mainLink] : [];
  return [...text.matchAll(fileReference)].slice(0, maxReferences).map(([, file = '']) => file.trim());
}

export function getServicePaths(path: string, link: string): readonly string[] {
  const folder = getFolder(path);
  if (isMainFile(path)) return [joinPath(folder, link)];
  const names = ['serverless.yml', 'serverless.yaml'];
  return getFoldersAround(folder, maxParents).flatMap((around) => names.map((name) => joinPath(around, name)));
}

/** Whether a text has variables of a service. */
export const mentionsService = (text: string): boolean => /\$\{(?:(?:self|env|opt|param|sls):|file\()/.test(text);
