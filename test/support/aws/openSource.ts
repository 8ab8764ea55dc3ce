import { createAwsAccess } from '../../../src/aws/openSource.ts';
import type { SourceSettings } from '../../../src/aws/sourceSettings.ts';
import type { OpenSource } from '../../../src/compliance/source.ts';

/** Creates a function that opens sources. The sources share their rate limits and credentials only with each other. */
export const createOpenSource = (settings: SourceSettings): OpenSource => createAwsAccess(settings).openSource;
