import type { ErrorKindTexts } from './errorKind.ts';

/** Loads that Packscope ended itself, so that rows of two accounts never mix, and errors without an answer of AWS. */
export const ownErrors = {
  accountChanged: {
    getTitle: () => 'These credentials now belong to another account',
    getCauses: () => [{ text: 'Refresh to load that account’s data.' }],
  },
  accountMismatch: {
    getTitle: () => 'AWS Config answered for another account',
    getCauses: () => [{ text: 'Check AWS_ENDPOINT_URL and the endpoints of the profile, then retry.' }],
  },
  cancelled: {
    getTitle: () => 'Reading was interrupted',
    getCauses: () => [{ text: 'Retry to read the rest.' }],
  },
  unexpected: {
    getTitle: () => 'The request failed',
    getCauses: () => [{ text: 'Retry, or see the log for details.', action: { kind: 'showLog' } }],
  },
} satisfies Record<string, ErrorKindTexts>;
