import { describe, expect, it } from 'vitest';
import whichPolygon from 'which-polygon';
import { counties, placesInTheUs } from '../../../scripts/bench/territories.ts';
import { containing, locate } from '../../../shared/territory/boundary.ts';
import { checkTerritories } from '../../../shared/territory/check.ts';
import { openTerritories, packTerritories, territoriesIn } from '../../../shared/territory/index-file.ts';

const { text, territories } = counties();
const index = openTerritories(packTerritories(territories));

describe('the counties of the US', () => {
  it('are found at the same places as which-polygon finds them', () => {
    const rival = whichPolygon<{ territoryId: string }>(JSON.parse(text));
    for (const { lng, lat } of placesInTheUs(20_000)) {
      const expected = rival([lng, lat])?.territoryId;
      const found = containing(index, { lng, lat }).map((at) => index.propertiesAt(at).territoryId);
      expect(found.length <= 1 ? found[0] : found.includes(expected ?? '')).toEqual(
        found.length <= 1 ? expected : true,
      );
      if (expected !== undefined) {
        expect(locate(index, { lng, lat }).find(({ inside }) => inside)?.territoryId).toBe(expected);
      }
    }
  });

  it('are read out of the index as they were put in', () => {
    expect(territoriesIn(index).map(({ territoryId }) => territoryId)).toEqual(
      territories.map(({ territoryId }) => territoryId),
    );
  });

  it('pass the check, without empty rings, but for five of which rounding left nothing or crossing rings; what shares ground is found', () => {
    const against = { knownRepIds: new Set<string>(), activeRepIds: new Set<string>() };
    const { errors } = checkTerritories(territories, against);
    const bad = new Set(errors.map(({ path }) => Number(path.split('.')[1])));
    expect([...bad].map((at) => territories[at]?.name)).toEqual([
      'Falls Church',
      'Franklin',
      'Isle of Wight',
      'Morehouse',
      'Alameda',
    ]);
    for (const { message } of errors) expect(message).toMatch(/crosses itself at|encloses nothing/);
    const checked = checkTerritories(
      territories.filter((_, at) => !bad.has(at)),
      against,
    );
    expect(checked.errors).toEqual([]);
    // Beside the two that cross themselves, and no others.
    expect(checked.overlaps.map(({ a, b }) => [a, b])).toEqual([
      ['06077', '06085'],
      ['22073', '22083'],
    ]);
    expect(checked.warnings).toContain('1 ring of 02105 enclose nothing: left out');
  });
});
