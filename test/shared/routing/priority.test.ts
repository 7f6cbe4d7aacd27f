import { describe, expect, it } from 'vitest';
import { flips } from '../../../shared/routing/flip.ts';
import type { RepSeen, TerritorySeen } from '../../../shared/routing/inputs.ts';
import { route } from '../../../shared/routing/route.ts';
import { openTerritories, packTerritories } from '../../../shared/territory/index-file.ts';
import { territoriesAt } from '../../../shared/territory/places.ts';
import { anyInputs, anyRep, inSquare, square } from '../../histories.ts';

const [ann, bob] = [anyRep('ann', { turns: 50_000_000 }), anyRep('bob')] as [RepSeen, RepSeen];
/** A place in two territories that overlap: Ann's of this priority, and Bob's of none. */
const overlapping = (priority: number): TerritorySeen[] =>
  territoriesAt(openTerritories(packTerritories([{ ...square(['ann'], 'hers'), priority }, square(['bob'], 'his')])), {
    point: inSquare,
  });
const decide = (reps: RepSeen[], priority: number) => {
  const inputs = anyInputs({ reps, territories: overlapping(priority) });
  const routing = route(inputs);
  return { routing, flips: flips(inputs, routing) };
};

describe('where territories overlap', () => {
  it('a rep of the one with the highest priority gets the lead, however many they have already', () => {
    expect(decide([ann, bob], 0).routing).toMatchObject({ repId: 'bob' });
    expect(decide([ann, bob], -1).routing).toMatchObject({ repId: 'bob' });
    const { routing, flips: said } = decide([ann, bob], 5);
    expect(routing).toMatchObject({
      repId: 'ann',
      candidates: [
        { repId: 'ann', reason: 'the customer is in their territory; their territory has the highest priority (5)' },
        { repId: 'bob', reason: 'their territory has a lower priority (0 instead of 5)' },
      ],
    });
    expect(said).toEqual([{ repId: 'bob', change: 'a priority of 6 instead of 0 for his' }]);
  });

  it('a rep of the other gets what nobody of the highest can take', () => {
    expect(decide([{ ...ann, status: 'on-leave' }, bob], 5).routing).toMatchObject({ repId: 'bob' });
    expect(decide([{ ...ann, openLeads: ann.capacity }, bob], 5).routing).toMatchObject({ repId: 'bob' });
  });

  it('records of those of no priority hold what they did before there was any', () => {
    expect(overlapping(0).map((each) => 'priority' in each)).toEqual([false, false]);
    expect(overlapping(5).map(({ territoryId, priority }) => [territoryId, priority])).toEqual([
      ['hers', 5],
      ['his', undefined],
    ]);
  });
});
