import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';

/** Compares with `golden/<name>` beside a test (`import.meta.url`); with UPDATE_GOLDEN in the environment it is written instead. */
export function assertGolden(test: string, name: string, text: string): void {
  const file = new URL(`golden/${name}`, test);
  if (process.env.UPDATE_GOLDEN !== undefined) {
    assert.equal(process.env.CI, undefined, 'golden files are never written where CI is set');
    writeFileSync(file, text);
  }
  assert.equal(text, readFileSync(file, 'utf8'));
}
