import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTemporaryFolder, root } from '../folders.ts';
import { runProcess } from '../processes.ts';

/**
 * Packages the build in `dist/` and returns the path of the VSIX, which is removed when this process exits. Throws if
 * the output contains a warning. `env` is added to the environment.
 */
export async function packageExtension(env: NodeJS.ProcessEnv = {}): Promise<string> {
  const vsix = join(await createTemporaryFolder(tmpdir()), 'packscope.vsix');
  const output = await runProcess(process.execPath, ['package.js', '--out', vsix], {
    cwd: root,
    env: { ...process.env, ...env },
  });
  if (/warn/i.test(output)) throw new Error(`Packaging is not quiet:\n${output}`);
  return vsix;
}
