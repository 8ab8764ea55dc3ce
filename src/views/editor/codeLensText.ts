import { formatPackScore } from '../../compliance/text/score.ts';
import { formatDeploymentState } from '../../compliance/text/states.ts';
import { type DeployedPack, getCertainPack, type LookupResult, type RuleCounts } from './packLookup.ts';

/** The text of a code lens, and the pack that it opens. */
export interface CodeLensText {
  readonly title: string;
  readonly pack: DeployedPack;
}

/** One code lens per matching pack. A title includes the pack's name unless the pack is certain. */
export function formatCodeLenses(
  results: readonly LookupResult[],
  getCounts: (pack: DeployedPack) => RuleCounts | undefined,
): readonly CodeLensText[] {
  return results.flatMap((result) =>
    result.packs.map((deployed) => {
      const title = formatTitle(deployed, getCounts(deployed));
      return { title: getCertainPack(result) ? title : `${deployed.pack.name}: ${title}`, pack: deployed };
    }),
  );
}

function formatTitle({ pack, scope }: DeployedPack, { failing, total }: RuleCounts = { failing: 0, total: 0 }): string {
  const counts = total > 0 ? `${failing} of ${total} rules failing` : '';
  const state = pack.deployment?.state ?? 'CREATE_COMPLETE';
  const parts = [
    formatPackScore(pack),
    state === 'CREATE_COMPLETE' ? '' : formatDeploymentState(state),
    counts,
    scope.region,
  ];
  return parts.filter(Boolean).join(' · ');
}
