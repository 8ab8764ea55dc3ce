import type { EvaluationStatus, RemediationException, TaggedResource } from '../compliance/resourceModel.ts';
import { asRecord } from '../compliance/unknownValues.ts';
import { parseName, parseText, parseTime } from './parseValue.ts';

/** Converts an exception from remediation; undefined without a resource. */
export function toException(row: unknown): RemediationException | undefined {
  const { ResourceType, ResourceId, Message, ExpirationTime } = asRecord(row);
  const resourceId = parseName(ResourceId);
  if (resourceId === undefined) return undefined;
  return {
    resourceType: parseText(ResourceType) ?? '',
    resourceId,
    message: parseText(Message),
    expiresAt: parseTime(ExpirationTime),
  };
}

/** Converts the status of a rule's evaluations; undefined without a rule. */
export function toEvaluationStatus(row: unknown): EvaluationStatus | undefined {
  const status = asRecord(row);
  const rule = parseName(status.ConfigRuleName);
  if (rule === undefined) return undefined;
  return {
    rule,
    succeededAt: parseTime(status.LastSuccessfulEvaluationTime),
    failedAt: parseTime(status.LastFailedEvaluationTime),
    error: parseText(status.LastErrorMessage) ?? parseText(status.LastErrorCode),
  };
}

/** Converts a row of an advanced query. */
export function toTaggedResource(row: unknown): TaggedResource | undefined {
  const { resourceType, resourceId, tags } = asRecord(row);
  const id = parseName(resourceId);
  if (id === undefined) return undefined;
  const named = listTags(tags).flatMap(([key, value]): [string, string][] => {
    const name = parseName(key);
    return name === undefined ? [] : [[name, parseText(value) ?? '']];
  });
  return { resourceType: parseText(resourceType) ?? '', resourceId: id, tags: new Map(named) };
}

/** Tags are a list of `{ tag, key, value }`. In some items they are its only member, or an object of values by keys. */
function listTags(tags: unknown): readonly (readonly [unknown, unknown])[] {
  if (Array.isArray(tags)) return tags.map(asRecord).map(({ key, value }) => [key, value]);
  const members = asRecord(tags);
  return 'tag' in members && 'key' in members ? [[members.key, members.value]] : Object.entries(members);
}
