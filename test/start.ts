import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startConfigService } from './config-service/index.ts';
import { createEnvironment } from './support/aws/environment.ts';
import { packageExtension } from './support/bundle/packageExtension.ts';
import { createTemporaryFolder, root } from './support/folders.ts';
import { runProcess, startProcess } from './support/processes.ts';
import { sampleFolder } from './support/workbench/page.ts';
import { startServer } from './support/workbench/server.ts';

const shell = process.platform === 'win32';

function hasDesktopVSCode(): boolean {
  const display = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  return Boolean(display) && spawnSync('code', ['--version'], { shell }).status === 0;
}

/** Opens the desktop VS Code with the extension under development and separate user data, until its window is closed. */
async function openDesktop(env: NodeJS.ProcessEnv): Promise<void> {
  console.log('Building…');
  await runProcess('npm', ['run', 'build'], { cwd: root, shell });
  const userData = await createTemporaryFolder(tmpdir());
  const extension = `--extensionDevelopmentPath=${root}`;
  const options = ['--wait', '--new-window', '--disable-workspace-trust', '--user-data-dir', userData];
  const code = startProcess('code', [extension, ...options, sampleFolder], { env, shell, stdio: 'inherit' });
  // The command starts VS Code in another process, which stores its process id in a lock file while it runs.
  const lock = join(userData, 'code.lock');
  process.prependOnceListener('exit', () => {
    if (existsSync(lock)) process.kill(Number(readFileSync(lock, 'utf8')));
  });
  console.log(
    'VS Code is opening. Click the shield, Packscope’s icon, in its activity bar. Press Ctrl-C here to stop.',
  );
  await once(code, 'close');
  process.exit();
}

/** Serves VS Code to a browser on this machine, with the packaged extension installed, until Ctrl-C. */
async function openInBrowser(env: NodeJS.ProcessEnv): Promise<void> {
  console.log('Packaging Packscope…');
  await runProcess('npm', ['run', 'build'], { cwd: root, shell });
  const vsix = await packageExtension();
  const connectionToken = randomUUID();
  const server = await startServer({ env, connectionToken, vsix });
  const query = new URLSearchParams({ tkn: connectionToken, folder: sampleFolder });
  console.log(`\nVS Code with Packscope: ${server.url}/?${query}\n`);
  console.log(
    'Open this address in a browser and click the shield, Packscope’s icon, in the activity bar. Press Ctrl-C to stop.',
  );
}

// npm start             opens VS Code with a local AWS Config of the demo estate
// npm start -- --real   opens VS Code with your own AWS configuration
const service = process.argv.includes('--real') ? undefined : await startConfigService({ estate: 'demo' });
const env = service ? createEnvironment(service) : process.env;
console.log(service ? `Local AWS Config with the demo estate: ${service.url}` : 'AWS: your own configuration');
await (hasDesktopVSCode() ? openDesktop(env) : openInBrowser(env));
