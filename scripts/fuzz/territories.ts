import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { Problem, parseOrRefuse } from '../../shared/platform/problem.ts';
import { checkTerritories } from '../../shared/territory/check.ts';
import { normaliseCollection, TerritoryCollection } from '../../shared/territory/territory.ts';
import { Broken } from './holds.ts';
import { nearTo } from './mutate.ts';

const demo = new URL('../demo/territories.geojson', import.meta.url);

/** Whatever somebody draws is checked, or refused by the names of what is wrong. `count` hears which. */
export function territoriesHold(count: (what: string) => void): fc.IPropertyWithHooks<[Buffer]> {
  const collection = JSON.parse(readFileSync(demo, 'utf8')) as { features: unknown[] };
  const one = { ...collection, features: collection.features.slice(0, 1) };
  return fc.property(nearTo([one, collection]), (bytes) => {
    try {
      const drawn = parseOrRefuse(TerritoryCollection, JSON.parse(bytes.toString('utf8')));
      const { errors } = checkTerritories(normaliseCollection(drawn), {
        knownRepIds: new Set(['rep-li']),
        activeRepIds: new Set(['rep-li']),
        previous: [],
        drawn: drawn.features.map(({ geometry }) => geometry.type),
      });
      count(errors.length > 0 ? 'wrong' : 'right');
    } catch (error) {
      if (error instanceof SyntaxError) return count('no JSON');
      if (!(error instanceof Problem) || error.errors.length === 0) throw new Broken('threw', { cause: error });
      count('refused');
    }
  });
}
