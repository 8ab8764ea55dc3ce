import { type ChildProcess, spawn } from 'node:child_process';
import { externalDataInterceptor } from '@smithy/core/config';

/** Milliseconds after which a `credential_process` is stopped. */
const processTimeout = 10_000;

/** Characters of the output that are kept. Credentials are much shorter. */
const maxOutputLength = 1_048_576;

/** Characters of the first line of the error output. */
const maxLineLength = 300;

/** The beginnings of the messages of errors, which are all that the SDK's provider keeps of them. */
export const timeoutMessage = 'The credential_process did not end';
export const failureMessage = 'The credential_process failed';

type Callback = (error: Error | null, output?: { readonly stdout: string }) => void;

/** Lets the SDK's provider run a `credential_process` with a timeout: by itself, it would wait without end. */
export function limitCredentialProcesses(): void {
  const run = (command: string, callback: Callback): void => {
    runProcess(command, processTimeout).then(
      (stdout) => {
        const problem = findOutputProblem(stdout);
        if (problem === undefined) callback(null, { stdout });
        else callback(new Error(`${failureMessage}: ${problem}`));
      },
      (error) => callback(error),
    );
  };
  externalDataInterceptor.interceptToken('exec', run);
}

/**
 * Runs a command in the shell and resolves to its output. Rejects with the first line of its error output if it fails.
 * After `timeout` milliseconds, stops the command and what it has started, and rejects.
 */
export function runProcess(command: string, timeout: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const isGroup = process.platform !== 'win32';
    const child = spawn(command, { shell: true, detached: isGroup, windowsHide: true });
    const stop = () => stopProcess(child, isGroup);
    const timer = setTimeout(() => {
      stop();
      reject(new Error(timeoutMessage));
    }, timeout);
    process.once('exit', stop);
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (stdout.length < maxOutputLength) stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (stderr.length < maxOutputLength) stderr += text;
    });
    const end = (failure: string | undefined) => {
      clearTimeout(timer);
      process.off('exit', stop);
      if (failure === undefined) resolve(stdout);
      else reject(new Error(`${failureMessage}: ${failure}`));
    };
    child.once('error', ({ message }) => end(message));
    child.once('close', (code, signal) => {
      if (code === 0) end(undefined);
      else end(getFirstLine(stderr) ?? (code === null ? `it was ended by ${signal}` : `its exit code is ${code}`));
    });
  });
}

/** Output that the SDK's provider does not report as such. Its own messages tell about other wrong output. */
export function findOutputProblem(stdout: string): string | undefined {
  const text = stdout.trim();
  if (text === '') return 'it printed nothing';
  return text === 'null' ? 'it printed no credentials' : undefined;
}

/** The first line with text, without words that may be secrets. */
const getFirstLine = (text: string): string | undefined =>
  text
    .split(/\r?\n/, 100)
    .map((line) => line.trim().slice(0, maxLineLength))
    .find((line) => line !== '')
    ?.split(' ')
    .map((word, index, words) => (mayBeSecret(word, words[index - 1]) ? '…' : word))
    .join(' ');

/** Programs repeat what they were given: a word after the name of a secret, or one of letters and digits. Paths stay. */
function mayBeSecret(word: string, previous = ''): boolean {
  if (
    /^(?:pass(?:word|phrase|code|wd)?|pwd|pin)\W*$/i.test(previous) ||
    /^-*(?:pass|pwd|pin)\w{0,9}[:=]./i.test(word)
  ) {
    return true;
  }
  return word.length >= 8 && !/[\\/]/.test(word) && /\d/.test(word) && /[a-z]/i.test(word);
}

/** Stops a process and those that it has started. */
function stopProcess({ pid }: ChildProcess, isGroup: boolean): void {
  if (pid === undefined) return;
  if (!isGroup) {
    spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { windowsHide: true }).once('error', () => undefined);
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}
