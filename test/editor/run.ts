import { type Counts, finish } from '../mocha.ts';
import { bundleTests } from './bundle.ts';
import { openHost } from './host.ts';

/** What VS Code says of a promise that nobody waits for: a failure, whichever test it was. */
const lost = /rejected promise not handled/;

/** What its own tree widget says where it is asked for a node that was just replaced: told, for it comes and goes. */
const strayed = /TreeError/;

/** Runs bundled tests in the extension host of a VS Code in the browser, and passes on what they print. */
async function runInEditor(extensionTests: string): Promise<Counts> {
  await using host = await openHost();
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
  const said = [...new Set(rest)];
  const complaints = said.filter((line) => lost.test(line) || strayed.test(line));
  if (complaints.length > 0) console.error('VS Code complained:', complaints.join('\n'));
  return { ...counts, failed: counts.failed + said.filter((line) => lost.test(line)).length };
}

finish(await runInEditor(await bundleTests()));
