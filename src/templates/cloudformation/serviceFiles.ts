import type { SlicedWork } from '../../timeSlicing.ts';
import { getFolder, joinPath } from '../paths.ts';
import { getSyntaxDocument } from '../syntax/reparse.ts';
import { parseDocuments } from './parse.ts';
import type { Service } from './serverless.ts';
import { getServicePaths, isMainFile, mainLink } from './servicePaths.ts';
import type { DocumentNode } from './tree.ts';

/** The other files of a service. `root` is undefined if they do not contain the main one. */
export type PartialService = Pick<Service, 'findFile'> & { readonly root: Service['root'] | undefined };

/** Reads the service of a file. */
export function* readService(path: string, files: ReadonlyMap<string, string>): SlicedWork<PartialService> {
  const roots = new Map<string, DocumentNode>();
  for (const [each, text] of files) {
    if (each === path || !/\.(?:ya?ml|json)$/.test(each)) continue;
    const [root] = yield* parseDocuments(text, getSyntaxDocument(each));
    if (root !== undefined) roots.set(each, root);
  }
  const main = isMainFile(path) ? path : getServicePaths(path, mainLink).find((each) => roots.has(each));
  const folder = getFolder(main ?? path);
  return { root: roots.get(main ?? ''), findFile: (file) => roots.get(joinPath(folder, file)) };
}
