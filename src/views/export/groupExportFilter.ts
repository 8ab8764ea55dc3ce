import type { Filter } from '../../compliance/filter.ts';
import { toGroupFilter } from '../tree/model/childLists.ts';
import type { Group } from '../tree/model/nodes.ts';

/**
 * The filter that exports a group's rows. AWS Config filters by one exact name: throws an error for users if an
 * organization's pack has several, or may have others among the rows that have not been read.
 */
export function toExportFilter(group: Group): Filter {
  if (group.by !== 'pack' || !group.count.pack.isOrganization) return toGroupFilter(group);
  const [name, ...otherNames] = group.count.pack.deployedNames;
  if (otherNames.length > 0)
    throw new Error(`The pack ${group.name} is deployed under several names. Export the whole aggregator.`);
  if (group.readRows !== undefined)
    throw new Error(
      `The pack ${group.name} may be deployed under more names: only ${group.readRows} rows have been read. Load all rows or export the whole aggregator.`,
    );
  return name === undefined ? {} : { name };
}
