import { formatScore } from '../../compliance/score.ts';
import { type Answer, certain, type Deployed } from './deployments.ts';

/** What stands above a pack's resource, of each deployed pack that it may mean. */
export interface LensText {
  readonly title: string;
  readonly on: Deployed;
}

/** The lenses of what is known of a name; where several packs may be meant, each says which it is. */
export function lensTexts(answers: readonly Answer[]): readonly LensText[] {
  return answers.flatMap((answer) =>
    answer.deployed.map((on) => ({ title: certain(answer) ? lensTitle(on) : `${on.pack.name}: ${lensTitle(on)}`, on })),
  );
}

function lensTitle({ pack, scope, rules: { rows } }: Deployed): string {
  const failing = rows.filter(({ compliance }) => compliance === 'NON_COMPLIANT').length;
  const counts = rows.length > 0 ? `${failing} of ${rows.length} rules failing` : '';
  const state = pack.deployment?.state ?? 'CREATE_COMPLETE';
  const parts = [formatScore(pack.score), state === 'CREATE_COMPLETE' ? '' : state, counts, scope.region];
  return parts.filter(Boolean).join(' · ');
}
