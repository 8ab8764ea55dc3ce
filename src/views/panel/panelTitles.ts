import { formatPackGroup } from '../../compliance/organization/packGroups.ts';
import { splitPackName } from '../../compliance/packName.ts';
import { formatScope } from '../../compliance/text/format.ts';
import { dropSamplePrefix } from '../../compliance/text/shortNames.ts';
import { isAggregatedTarget, type PanelTarget } from './panelState.ts';

/** The titles of panels that are open together. Each names its account and region if another one is the same without. */
export function formatPanelTitles(targets: readonly PanelTarget[]): readonly string[] {
  const titles = targets.map(formatPanelTitle);
  return targets.map((target, index) => {
    const title = titles[index] ?? '';
    const isShared = titles.indexOf(title) !== titles.lastIndexOf(title);
    return isShared ? `${getName(target)} · ${formatScope(getScope(target))}` : title;
  });
}

/** The title of a panel: the name of its pack, and the account of another account's pack. */
export const formatPanelTitle = (target: PanelTarget): string =>
  isAggregatedTarget(target) ? `${getName(target)} · ${target.location.account}` : target.name;

/** Another account's pack has a short name, so that its account is visible as well. */
function getName(target: PanelTarget): string {
  if (!isAggregatedTarget(target)) return target.name;
  const { baseName, isOrganization } = splitPackName(target.location.pack);
  return formatPackGroup({ name: dropSamplePrefix(baseName), isOrganization });
}

const getScope = (target: PanelTarget) => (isAggregatedTarget(target) ? target.location : target.scope);
