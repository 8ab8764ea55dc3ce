import type { RecordedPackState } from '../compliance/recordedPackState.ts';
import { asRecord } from '../compliance/unknownValues.ts';
import { parseCount, parseText, parseTime } from './parseValue.ts';

/** Converts a configuration item of a pack. Without counts if the pack is deleted, or the item cannot be parsed. */
export function toRecordedPackState(value: unknown): RecordedPackState | undefined {
  const item = asRecord(value);
  const at = parseTime(item.configurationItemCaptureTime);
  if (at === undefined) return undefined;
  const { complianceType, compliantRuleCount, totalRuleCount } = parseConfiguration(item.configuration);
  const [compliantRules, totalRules] = [compliantRuleCount, totalRuleCount].map((count) =>
    count === undefined ? undefined : parseCount(count),
  );
  return { at, compliance: parseText(complianceType), compliantRules, totalRules };
}

/** The configuration is the JSON of an object. */
function parseConfiguration(value: unknown): Readonly<Record<string, unknown>> {
  try {
    return asRecord(typeof value === 'string' ? JSON.parse(value) : value);
  } catch {
    // The pack was recorded at this time, whatever its state was.
    return {};
  }
}
