import type { SourceStatus } from './estate.ts';

const hour = 3_600_000;

/** Creates the status of a scope's data in an aggregator at `now`. */
export function createSourceStatus(state: SourceStatus['state'], now: Date): SourceStatus {
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
