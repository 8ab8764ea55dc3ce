import './preload.ts';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stubVSCode } from '../../support/bundle/vscodeStub.ts';

// Prints how long each of these modules takes to load, one after another.
stubVSCode();
const times: number[] = [];
for (const name of process.argv.slice(2)) {
  const specifier = name.startsWith('dist/') ? pathToFileURL(join(process.cwd(), name)).href : name;
  const start = performance.now();
  await import(specifier);
  times.push(performance.now() - start);
}
console.log(JSON.stringify(times));
