import type { SourceStatus } from './estate.ts';

const hour = 3_600_000;

/** How the data of an account and region came that are in order, or in one of the troubles that there are, at `now`. */
export function sourceStatusIn(state: SourceStatus['state'], now: Date): SourceStatus {
  switch (state) {
    case 'SUCCEEDED':
      return { state, updatedAt: new Date(now.getTime() - hour / 2) };
    case 'FAILED':
      return {
        state,
        updatedAt: new Date(now.getTime() - 26 * hour),
        error: {
          code: 'ACCESS_DENIED',
          message: 'The source account has not authorized this aggregator account and region to collect its data.',
        },
      };
    case 'OUTDATED':
      return {
        state,
        updatedAt: new Date(now.getTime() - 8 * 24 * hour),
        error: { code: 'RECORDER_STOPPED', message: 'The configuration recorder is turned off in the source region.' },
      };
  }
}
