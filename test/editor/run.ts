import { type Counts, finish } from '../mocha.ts';
import { bundleTests } from '../support/extensionHost/bundleTests.ts';
import { startExtensionHost } from '../support/extensionHost/extensionHost.ts';

/**
 * Console messages about unhandled rejections and errors of trees. They count as failures of the run, except a refresh of
 * a row that another refresh is about to show or remove: VS Code logs it as expected.
 */
const errorPattern = /rejected promise not handled|TreeError(?!.* Data tree node not found)/;

/** Runs bundled tests in the extension host of a VS Code in the browser, and prints their output. */
async function runInEditor(extensionTests: string): Promise<Counts> {
  await using host = await startExtensionHost();
  let counts: Counts | undefined;
  const output = await host.run(extensionTests, (line) => {
    const [, passed, failed] = /^(\d+) passed, (\d+) failed$/.exec(line) ?? [];
    if (passed && failed) counts = { passed: Number(passed), failed: Number(failed) };
    console.log(line);
  });
  if (!counts) {
    console.error('The tests in the editor returned no result. Console output:', output.join('\n'));
    return { passed: 0, failed: 1 };
  }
  const errors = [...new Set(output)].filter((line) => errorPattern.test(line));
  if (errors.length > 0) console.error('VS Code reported errors:', errors.join('\n'));
  return { ...counts, failed: counts.failed + errors.length };
}

// node test/editor/run.ts FILE…
finish(await runInEditor(await bundleTests(process.argv.slice(2))));
