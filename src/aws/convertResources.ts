import type { EvaluationStatus, RemediationException, TaggedResource } from '../compliance/resourceModel.ts';
import { asRecord } from '../compliance/unknownValues.ts';
import { parseName, parseText, parseTime } from './parseValue.ts';

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

/** Converts a row of an advanced query. Tags are a list of `{ key, value }`, or an object in some items. */
export function toTaggedResource(row: unknown): TaggedResource | undefined {
  const { resourceType, resourceId, tags } = asRecord(row);
  const id = parseName(resourceId);
  if (id === undefined) return undefined;
  const entries = Array.isArray(tags) ? tags.map(toListedTag) : Object.entries(asRecord(tags));
  const named = entries.flatMap(([key, value]): [string, string][] => {
    const name = parseName(key);
    return name === undefined ? [] : [[name, typeof value === 'string' ? value : (parseText(value) ?? '')]];
  });
  return { resourceType: parseText(resourceType) ?? '', resourceId: id, tags: new Map(named) };
}

function toListedTag(tag: unknown): readonly [unknown, unknown] {
  const { key, value } = asRecord(tag);
  return [key, value];
}
