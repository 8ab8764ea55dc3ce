import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { installOnce } from '../folders.ts';
import { runNpm } from '../npm.ts';
import { runProcess } from '../processes.ts';

const installedPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const quietFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

interface Executable {
  readonly executablePath: string;
  readonly env?: Record<string, string>;
}

/** Launches the browser, headless. Installs it unless it is installed. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ ...(await installBrowser()), args: quietFlags });
}

/** Finds the installed Chromium or Chrome. Without one, Linux uses the Chromium of an npm package, unpacked once. */
export async function installBrowser(): Promise<Executable> {
  const executablePath = installedPaths.find((path) => existsSync(path));
  if (executablePath) return { executablePath };
  if (process.platform === 'linux' && process.arch === 'x64') return unpackChromium();
  throw new Error('No browser for the tests: install Google Chrome or Chromium in its default location');
}

/** Not a dependency: it needs a newer Node than the set-up, and only machines without a browser need it. */
const chromiumVersion = '153.0.0';

async function unpackChromium(): Promise<Executable> {
  const folder = await installOnce(`chromium-${chromiumVersion}`, async (folder) => {
    console.log(`Installing Chromium ${chromiumVersion} into the cache…`);
    const source = join(folder, 'package');
    await mkdir(source);
    const args = ['install', '--no-save', '--ignore-scripts', '--prefix', source];
    await runNpm(process.execPath, source, [...args, `@sparticuz/chromium@${chromiumVersion}`]);
    // The package unpacks into the temporary folder, and includes system libraries only if it runs in AWS Lambda.
    const unpack = `import chromium from '@sparticuz/chromium'; await chromium.executablePath();`;
    await runProcess(process.execPath, ['--input-type=module', '--eval', unpack], {
      cwd: source,
      env: { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
    });
    await rm(source, { recursive: true, force: true });
    await writeFile(join(folder, 'fonts.conf'), fontsConfig);
  });
  const executablePath = join(folder, 'chromium');
  const env = { ...process.env, FONTCONFIG_FILE: join(folder, 'fonts.conf') };
  const hasLibraries = spawnSync(executablePath, ['--version']).status === 0;
  return { executablePath, env: hasLibraries ? env : { ...env, LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') } };
}

/** Prefers the font of the package, so that screenshots look the same on every machine. */
const fontsConfig = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">fonts/fonts</dir>
  <alias binding="strong"><family>sans-serif</family><prefer><family>Open Sans</family></prefer></alias>
</fontconfig>
`;
