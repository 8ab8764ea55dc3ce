import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether a folder of the PATH has an executable of this name. */
export async function isOnPath(name: string, { PATH = '', PATHEXT }: Environment): Promise<boolean> {
  // On Windows, the extension of an executable is one of these.
  const names = [name, ...(PATHEXT ?? '').split(';').flatMap((extension) => (extension ? name + extension : []))];
  const files = PATH.split(delimiter).flatMap((folder) => (folder ? names.map((each) => join(folder, each)) : []));
  const found = await Promise.all(
    files.map((file) =>
      access(file, constants.X_OK).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
}
