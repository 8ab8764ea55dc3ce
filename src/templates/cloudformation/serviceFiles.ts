import type { SlicedWork } from '../../timeSlicing.ts';
import { getFolder, joinPath } from '../paths.ts';
import { getSyntaxDocument } from '../syntax/reparse.ts';
import { parseDocuments } from './parse.ts';
import { type Service, unknownNode } from './service.ts';
import { findServiceLinks, getServicePaths, isMainFile, mainLink } from './servicePaths.ts';
import type { DocumentNode } from './tree.ts';

/** The other files of a service. `root` is undefined if they do not contain the main one. */
export type PartialService = Pick<Service, 'findFile'> & { readonly root: Service['root'] | undefined };

/** Reads the service of a file. */
export function* readService(path: string, files: ReadonlyMap<string, string>): SlicedWork<PartialService> {
  const roots = new Map<string, DocumentNode>();
  for (const [each, text] of files) {
    if (each === path || !isData(each)) continue;
    const [root] = yield* parseDocuments(text, getSyntaxDocument(each));
    if (root !== undefined) roots.set(each, root);
  }
  const main = isMainFile(path) ? path : findMainFile(path, files);
  const folder = getFolder(main ?? path);
  const findFile = (file: string) => (isData(file) ? roots.get(joinPath(folder, file)) : unknownNode);
  return { root: roots.get(main ?? ''), findFile };
}

const isData = (path: string): boolean => /\.(?:ya?ml|json)$/.test(path);

/** The nearest main file that includes a file, or else the nearest one. */
function findMainFile(path: string, files: ReadonlyMap<string, string>): string | undefined {
  const mains = getServicePaths(path, mainLink).filter((each) => files.has(each));
  const includes = (main: string) =>
    findServiceLinks(main, files.get(main) ?? '').some((link) => getServicePaths(main, link).includes(path));
  return mains.find(includes) ?? mains[0];
}
