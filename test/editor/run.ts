import { type Counts, finish } from '../mocha.ts';
import { bundleTests } from '../support/extensionHost/bundleTests.ts';
import { startExtensionHost } from '../support/extensionHost/extensionHost.ts';

/**
 * What VS Code says of a promise that nobody waits for, and its tree widget where it is told of a node that it does
 * not have: a failure, whichever test it was.
 */
const complaint = /rejected promise not handled|TreeError/;

/** Runs bundled tests in the extension host of a VS Code in the browser, and passes on what they print. */
async function runInEditor(extensionTests: string): Promise<Counts> {
  await using host = await startExtensionHost();
  let counts: Counts | undefined;
  const rest = await host.run(extensionTests, (line) => {
    const [, passed, failed] = /^(\d+) passed, (\d+) failed$/.exec(line) ?? [];
    if (passed && failed) counts = { passed: Number(passed), failed: Number(failed) };
    console.log(line);
  });
  if (!counts) {
    console.error('The tests in the editor gave no result. Its consoles said:', rest.join('\n'));
    return { passed: 0, failed: 1 };
  }
  const complaints = [...new Set(rest)].filter((line) => complaint.test(line));
  if (complaints.length > 0) console.error('VS Code complained:', complaints.join('\n'));
  return { ...counts, failed: counts.failed + complaints.length };
}

finish(await runInEditor(await bundleTests(process.argv.slice(2))));
