import type { ErrorKindTexts } from './errorKind.ts';

/** Loads that Packscope ended itself, so that rows of two accounts never mix. */
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
} satisfies Record<string, ErrorKindTexts>;
