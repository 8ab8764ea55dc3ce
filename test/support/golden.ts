import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The content of a golden file for an empty text: an empty file could as well be a forgotten one. */
const none = '(none)\n';

/**
 * Compares a text with `golden/<name>` beside a test (`import.meta.url`), or writes that file if UPDATE_GOLDEN is set.
 * A missing file fails the test.
 */
export function assertGolden(test: string, name: string, text: string): void {
  const path = fileURLToPath(new URL(`golden/${name}`, test));
  const actual = text === '' ? none : text;
  if (process.env.UPDATE_GOLDEN !== undefined) {
    assert.equal(process.env.CI, undefined, 'Golden files must not be updated in CI');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, actual);
  }
  assert(existsSync(path), `The golden file ${path} is missing: run the test with UPDATE_GOLDEN=1 and review the file`);
  assert.equal(actual, readFileSync(path, 'utf8'));
}
