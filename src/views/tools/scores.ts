import { matchesPack } from '../../compliance/filter.ts';
import type { ScopeFilter } from '../../compliance/queries/lookup.ts';
import { worstScoreFirst } from '../../compliance/text/format.ts';
import { cutPlaces, placesTold, readPlaces, toPackResult } from './places.ts';
import { connectionsNamed, cutAt, standing, type Tool } from './tool.ts';

interface ScoresInput extends ScopeFilter {
  readonly name?: string;
  readonly nameContains?: string;
  readonly scoreBelow?: number;
  readonly connection?: string;
  readonly limit?: number;
}

const narrower = 'give name, nameContains, scoreBelow, connection, account or region';

/** `packscope_scores`: packs of the connections' own accounts and regions, worst score first. */
export const scores: Tool<ScoresInput> = async (stores, input, signal) => {
  const { name, connection, limit = 50, account, region, ...filter } = input;
  const where = { ...(account !== undefined && { account }), ...(region !== undefined && { region }) };
  const { places, notRead } = await readPlaces(connectionsNamed(stores, connection), where, name, signal);
  const found = places
    .flatMap((place) => place.packs.filter((pack) => matchesPack(filter, pack)).map((pack) => ({ place, pack })))
    .sort((a, b) => worstScoreFirst(a.pack, b.pack));
  return {
    entries: Math.min(limit, found.length),
    answer: (entries, now) => ({
      ...standing({
        notRead,
        cut: [
          ...cutAt(entries, found.length, 'packs that fit', `${narrower}, or a larger limit`),
          ...cutPlaces(places),
        ],
      }),
      places: placesTold(places, now),
      packs: found.slice(0, entries).map(({ place, pack }) => toPackResult(pack, place, now)),
    }),
  };
};
