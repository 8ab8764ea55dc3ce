import { formatScore } from '../../compliance/text/format.ts';
import { type Answer, certain, type Deployed, type RuleCounts } from './deployments.ts';

/** What stands above a pack's resource, of each deployed pack that it may mean. */
export interface LensText {
  readonly title: string;
  readonly on: Deployed;
}

/** The lenses of what is known of a name; where several packs may be meant, each says which it is. */
export function lensTexts(
  answers: readonly Answer[],
  countsOf: (deployed: Deployed) => RuleCounts | undefined,
): readonly LensText[] {
  return answers.flatMap((answer) =>
    answer.deployed.map((on) => {
      const title = lensTitle(on, countsOf(on));
      return { title: certain(answer) ? title : `${on.pack.name}: ${title}`, on };
    }),
  );
}

function lensTitle({ pack, scope }: Deployed, { failing, all }: RuleCounts = { failing: 0, all: 0 }): string {
  const counts = all > 0 ? `${failing} of ${all} rules failing` : '';
  const state = pack.deployment?.state ?? 'CREATE_COMPLETE';
  const parts = [formatScore(pack.score), state === 'CREATE_COMPLETE' ? '' : state, counts, scope.region];
  return parts.filter(Boolean).join(' · ');
}
