import { selectTests } from './support/selectTests.ts';

/** A check passes or fails as a whole: its exit code is its outcome. */
interface Check {
  readonly command: readonly string[];
}

/** A suite of test files: `script` runs those it is given and sends its counts to the parent process. */
interface TestSuite {
  readonly folder: string;
  readonly script: string;
  /** Whether it runs only if it is named, because it takes longer than all others. */
  readonly isLong?: boolean;
}

const suites: Readonly<Record<string, Check | TestSuite>> = {
  types: { command: ['node_modules/typescript/bin/tsc', '-p', '.'] },
  webview: { command: ['node_modules/typescript/bin/tsc', '-p', 'src/webview'] },
  lint: { command: ['node_modules/@biomejs/biome/bin/biome', 'ci', '.'] },
  unit: { folder: 'test/unit', script: 'test/mocha.ts' },
  // These need the build in `dist/`.
  bundle: { folder: 'test/bench', script: 'test/mocha.ts' },
  editor: { folder: 'test/editor', script: 'test/editor/run.ts' },
  package: { folder: 'test/package', script: 'test/browser/run.ts' },
  browser: { folder: 'test/browser', script: 'test/browser/run.ts', isLong: true },
};

const defaultNames = Object.entries(suites).flatMap(([name, suite]) =>
  'isLong' in suite && suite.isLong ? [] : [name],
);

/** A suite as it is run. */
export interface SuiteRun {
  readonly name: string;
  readonly isCheck: boolean;
  /** Arguments of Node. */
  readonly command: readonly string[];
}

/**
 * Selects suites by their names, or all but the long ones. After the name of one suite of test files, further arguments are
 * files and folders of it. Throws if a name or a path matches nothing.
 */
export function selectSuites(args: readonly string[]): SuiteRun[] {
  const names = args.filter((arg) => arg in suites);
  const paths = args.filter((arg) => !(arg in suites));
  if (paths.length > 0 && names.length !== 1) {
    throw new Error(
      `No suite ${paths.join(', ')}: choose from ${Object.keys(suites).join(', ')}, or name one and then its files`,
    );
  }
  return (names.length > 0 ? names : defaultNames).map((name) => createRun(name, paths));
}

function createRun(name: string, paths: readonly string[]): SuiteRun {
  const suite = suites[name];
  if (!suite) throw new Error(`No suite ${name}`);
  if ('folder' in suite) return { name, isCheck: false, command: [suite.script, ...selectTests(suite.folder, paths)] };
  if (paths.length > 0) throw new Error(`The suite ${name} takes no files: ${paths.join(', ')}`);
  return { name, isCheck: true, command: suite.command };
}
