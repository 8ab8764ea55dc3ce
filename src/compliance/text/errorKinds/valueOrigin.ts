import type { ErrorDetails, ValueOrigin } from '../../errorDetails.ts';
import type { Cause, ErrorAction } from './errorKind.ts';

/** Formats where a value comes from, such as `sso_session of profile “dev” in /home/me/.aws/config, line 12`. */
export function formatOrigin(origin: ValueOrigin): string {
  switch (origin.kind) {
    case 'file': {
      const { file, line, profile, key } = origin;
      const place = [key, profile !== undefined && `profile “${profile}”`].filter(Boolean).join(' of ');
      return `${place && `${place} in `}${file}, line ${line}`;
    }
    case 'environment':
      return `the environment variable ${origin.variable}`;
    case 'setting':
      return `the setting ${origin.setting}`;
  }
}

/** Opens the place of a wrong value. Nothing can be opened for the environment. */
export function getOriginAction(origin: ValueOrigin | undefined): ErrorAction | undefined {
  if (origin?.kind === 'file') return { kind: 'openFile', file: origin.file, line: origin.line };
  return origin?.kind === 'setting' ? { kind: 'openSetting', setting: origin.setting } : undefined;
}

/** The advice to correct a wrong value where it comes from. Variables are read when VS Code starts. */
export function correctOrigin({ origin, value = '' }: ErrorDetails, what: string, elsewhere: string): Cause {
  // Hard to see, even between quotation marks.
  const spaces = value === value.trim() ? '' : 'It starts or ends with a space. ';
  const place = origin === undefined ? elsewhere : formatOrigin(origin);
  const restart = origin?.kind === 'environment' ? ' and restart VS Code' : ', then retry';
  return { text: `${spaces}${what} ${place}${restart}.`, action: getOriginAction(origin) };
}

/** Appends a quoted value, unless it is unknown. */
export const quote = (text: string, value: string | undefined): string =>
  value === undefined ? text : `${text} “${value}”`;

/** Longer messages are cut where they are quoted. */
const maxQuotedLength = 300;

/** Quotes what AWS answered, as a sentence. */
export const quoteAnswer = (message: string): string =>
  `AWS says: “${message.slice(0, maxQuotedLength).replace(/\.$/, '')}”.`;

/** Formats a message as a sentence. */
export const toSentence = (message: string): string => (/[.!?]$/.test(message) ? message : `${message}.`);
