import { globSync } from 'node:fs';
import { format } from 'node:util';
import Mocha from 'mocha';
import { runMocha } from '../mocha.ts';
import { outputPrefix } from '../support/extensionHost/outputPrefix.ts';

/** Called by VS Code in its extension host. Runs every bundled test beside this file. */
export async function run(): Promise<void> {
  const print = (...line: unknown[]) => console.log(outputPrefix + format(...line));
  Mocha.reporters.Base.consoleLog = print;
  const files = globSync(`${import.meta.dirname}/**/*.test.mjs`).sort();
  const { passed, failed } = await runMocha(files).catch((error: unknown) => {
    print(error);
    throw error;
  });
  print(`${passed} passed, ${failed} failed`);
  if (failed > 0) throw new Error(`${failed} failed`);
}
