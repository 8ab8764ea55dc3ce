import { noOwner } from '../owners/groupByOwner.ts';

/** The name of a group of results by owner. `tagName` is the tag that names owners. */
export function formatOwner(id: string, tagName: string): string {
  switch (id) {
    case noOwner.untagged:
      return `No tag ${tagName}`;
    case noOwner.unrecorded:
      return 'Not recorded by AWS Config: tags unknown';
    case noOwner.unread:
      return 'Tags not loaded';
    default:
      return id.slice(1) || `Empty tag ${tagName}`;
  }
}
