import type { Evaluation } from '../model.ts';
import type { List } from '../paging/list.ts';
import { getResourceKey, type TaggedResource } from '../resourceModel.ts';

/** The failing results of the resources of one owner, or of those without one. */
export interface OwnerGroup {
  /** `=` and the tag's value, or why resources have no value. */
  readonly id: string;
  readonly failing: readonly Evaluation[];
}

/** Ids of the groups without an owner. That of an owner starts with `=`. */
export const noOwner = {
  /** AWS Config records the resource, and it does not have the tag. */
  untagged: 'untagged',
  /** AWS Config has no configuration item of the resource, so that its tags are unknown. */
  unrecorded: 'unrecorded',
  /** The tags of the resource have not been read yet, or could not be. */
  unread: 'unread',
} as const;

/** Returns a function that finds the group of a result by its resource's tag. */
export function createOwnerLookup(tags: List<TaggedResource>, tagName: string): (result: Evaluation) => string {
  const isComplete = tags.isComplete && tags.errors.length === 0 && tags.state !== 'loading';
  const byResource = new Map(tags.rows.map((resource) => [getResourceKey(resource), resource]));
  return (result) => {
    const resource = byResource.get(getResourceKey(result));
    if (!resource) return isComplete ? noOwner.unrecorded : noOwner.unread;
    const owner = resource.tags.get(tagName);
    return owner === undefined ? noOwner.untagged : `=${owner}`;
  };
}

/** Groups failing results by owner, most results first. Those without an owner come last. */
export function groupByOwner(
  failing: readonly Evaluation[],
  getOwner: (result: Evaluation) => string,
): readonly OwnerGroup[] {
  const groups = [...Map.groupBy(failing, getOwner)].map(([id, results]) => ({ id, failing: results }));
  const rank = ({ id }: OwnerGroup) => (id.startsWith('=') ? 0 : 1);
  return groups.sort((a, b) => rank(a) - rank(b) || b.failing.length - a.failing.length || (a.id < b.id ? -1 : 1));
}
