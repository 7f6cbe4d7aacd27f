import { current, load } from '../../../shared/config/store.ts';
import { seenToo } from '../../../shared/routing/facts/store.ts';
import { compileTerritories } from '../../../shared/territory/index-file.ts';
import { territoriesAt } from '../../../shared/territory/places.ts';
import { TerritoryCollection } from '../../../shared/territory/territory.ts';
import { route } from '../route.ts';
import { compare, query, reassigned, rerun } from './reruns.ts';
import { checkDraftOf, said } from './territories.ts';

/** A draft of the map, run over the newest leads before it is taken. */
export const previewTerritories = route({
  method: 'POST',
  path: '/territories/preview',
  summary:
    'What a check says of these territories, and who of the newest leads would have gone elsewhere; changes nothing',
  roles: ['admin'],
  query,
  body: TerritoryCollection,
  answers: { 200: reassigned.extend(said.shape) },
  handle: async ({ body, query: { leads }, table }) => {
    const { routing } = await current(table);
    const [{ territories, ...checked }, rules] = await Promise.all([
      checkDraftOf(table, body),
      load(table, 'routing', routing),
    ]);
    const index = compileTerritories(territories);
    const decisions = await rerun(table, leads, async (inputs, lead) => {
      const found = territoriesAt(index, lead);
      const named = found.flatMap(({ repIds }) => repIds);
      return { ...inputs, territories: found, reps: await seenToo(table, inputs, named, rules) };
    });
    return { status: 200, body: { ...compare(decisions), ...checked } };
  },
});
