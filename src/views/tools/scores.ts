import { matchesPack } from '../../compliance/filter.ts';
import type { PlaceQuery } from '../../compliance/lookup.ts';
import { worstScoreFirst } from '../../compliance/score.ts';
import { cutPlaces, packTold, placesTold, readPlaces } from './places.ts';
import { connectionsNamed, cutAt, standing, type Tool } from './tool.ts';

interface ScoresInput extends PlaceQuery {
  readonly name?: string;
  readonly nameContains?: string;
  readonly scoreBelow?: number;
  readonly connection?: string;
  readonly limit?: number;
}

const narrower = 'give name, nameContains, scoreBelow, connection, account or region';

/** `packscope_scores`: packs of the connections' own accounts and regions, worst score first. */
export const scores: Tool<ScoresInput> = async (lists, input, signal) => {
  const { name, connection, limit = 50, account, region, ...filter } = input;
  const where = { ...(account !== undefined && { account }), ...(region !== undefined && { region }) };
  const { places, notRead } = await readPlaces(connectionsNamed(lists, connection), where, name, signal);
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
      packs: found.slice(0, entries).map(({ place, pack }) => packTold(pack, place, now)),
    }),
  };
};
