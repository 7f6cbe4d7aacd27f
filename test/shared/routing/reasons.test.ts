import { describe, expect, it } from 'vitest';
import { strideOf } from '../../../shared/org/tally.ts';
import type { RepSeen, TerritorySeen } from '../../../shared/routing/inputs.ts';
import { route } from '../../../shared/routing/route.ts';
import { defaultRoutingRules, routingRules, zoneOf } from '../../../shared/routing/rules.ts';
import { anyInputs, anyRep, around } from '../../histories.ts';

type But = Parameters<typeof anyInputs>[0];
const LEAD = strideOf({ weight: 1, capacity: 100 });
const decide = (reps: RepSeen[], but: But = {}) =>
  route(anyInputs({ reps, territories: around(...reps.map(({ repId }) => repId)), ...but }));
const said = (reps: RepSeen[], but: But = {}): [string, string, number | undefined, string][] =>
  decide(reps, but).candidates.map(({ repId, outcome, rank, reason }) => [repId, outcome, rank, reason]);
const fair: But = { rules: { preferences: ['fair-share'] } };

describe('what is said of the candidates of a lead', () => {
  it('is who comes before whom by leads, and who was drawn among equals', () => {
    const [ann, bob, cai] = ['ann', 'bob', 'cai'].map((repId) => anyRep(repId)) as [RepSeen, RepSeen, RepSeen];
    expect(said([{ ...ann, turns: 2 * LEAD }, bob], fair)).toEqual([
      ['bob', 'chosen', 1, 'the customer is in their territory'],
      ['ann', 'passed-over', 2, 'has more leads, by weight and capacity, than bob'],
    ]);
    const drawn = said([ann, bob, cai], fair);
    const [first] = drawn;
    expect(drawn.map(([, outcome, rank]) => [outcome, rank])).toEqual([
      ['chosen', 1],
      ['passed-over', 2],
      ['passed-over', 3],
    ]);
    for (const [, , , reason] of drawn.slice(1)) expect(reason).toBe(`equal to ${first?.[0]}, who was drawn`);
  });

  it('names the owner who let the lead lie, and the cause when there is nobody else', () => {
    const ann = anyRep('ann');
    expect(said([ann, anyRep('bob')], { letLieBy: ['ann'] })).toEqual([
      ['ann', 'passed-over', undefined, 'let this lead lie'],
      ['bob', 'chosen', 1, 'the customer is in their territory'],
    ]);
    expect(decide([ann], { letLieBy: ['ann'] })).toMatchObject({ outcome: 'failed', cause: 'all-reps-unavailable' });
  });

  it('says who comes first by a basis before the territory, and asks of these no product line', () => {
    const reps = [anyRep('ann', { productLines: ['erp'] }), anyRep('bob')];
    expect(said(reps, { productLine: 'mes', preferredRepId: 'ann', territories: around('bob') })).toEqual([
      ['ann', 'chosen', 1, 'the customer asked for them'],
      ['bob', 'passed-over', 1, 'ann comes first: the customer asked for them'],
    ]);
    expect(said(reps, { productLine: 'mes', knownRepId: 'ann', territories: around('bob') })).toEqual([
      ['ann', 'chosen', 1, 'they serve this customer already'],
      ['bob', 'passed-over', 1, 'ann comes first: they serve this customer already'],
    ]);
    expect(decide([anyRep('ann', { productLines: ['erp'] })], {}).outcome).toBe('assigned');
  });

  it('says each reason to pass somebody over', () => {
    const taken = { day: 3, week: 3, month: 3, good: 0 };
    const reps = [
      anyRep('gone', { status: 'left' }),
      anyRep('resting', { pausedUntil: '2026-11-02T03:00:00.000Z' }),
      anyRep('capped', { caps: { week: 3 }, taken }),
      anyRep('full', { capacity: 2, openLeads: 2 }),
      anyRep('late', { timeZone: 'Europe/Berlin', shifts: [{ days: [1], from: '09:00', to: '18:00' }] }),
    ];
    expect(Object.fromEntries(said(reps).map(([repId, , , reason]) => [repId, reason]))).toEqual({
      gone: 'is left',
      resting: 'paused until 2026-11-02T03:00:00.000Z',
      capped: 'has had the most leads for a week (3 of 3)',
      full: 'is at capacity (2 of 2 open leads)',
      late: 'is off duty (2026-11-02 03:00 in Europe/Berlin)',
    });
  });
});

describe('where the customer is', () => {
  const seen = (but: Partial<TerritorySeen>): string => {
    const [place] = around('ann') as [TerritorySeen];
    return said([anyRep('ann')], { territories: [{ ...place, ...but }] })[0]?.[3] ?? '';
  };

  it.each<[Partial<TerritorySeen>, string]>([
    [{}, 'the customer is in their territory'],
    [{ by: 'geocoder' }, 'the customer is in their territory'],
    [
      { inside: false, insideBuffer: true, metresToBoundary: 80 },
      'the customer is beside their territory, 80 m from its border, within the buffer',
    ],
    [
      { insideBuffer: true, metresToBoundary: 80, by: 'geocoder' },
      'the customer is in their territory, 80 m from its border, within the buffer',
    ],
    [{ by: 'address', because: 'the address names 苏州' }, 'the address names 苏州'],
    [{ by: 'postcode' }, 'the postcode says so'],
  ])('is said as %j says it', (but, words) => expect(seen(but)).toBe(words));

  it('is said of the rep’s own territory', () => {
    const [near] = around('ann') as [TerritorySeen];
    const [far] = around('bob') as [TerritorySeen];
    const territories = [near, { ...far, by: 'address' as const, because: 'the address names 上海' }];
    const reps = [anyRep('ann', { turns: 2 * LEAD }), anyRep('bob')];
    expect(said(reps, { ...fair, territories })[0]).toEqual(['bob', 'chosen', 1, 'the address names 上海']);
  });
});

describe('hours', () => {
  const office = [{ days: [1], from: '09:00', to: '18:00' }];
  const night = [{ days: [1], from: '20:00', to: '22:00' }];
  const teams = { east: { shifts: office, timeZone: 'Europe/Berlin' }, west: { shifts: night } };
  const works = (but: Partial<RepSeen>): boolean =>
    decide([anyRep('ann', but)], { rules: { teams } }).outcome === 'assigned';

  it('are one’s own, else the team’s, else around the clock', () => {
    expect(works({})).toBe(true);
    expect(works({ teamId: 'north' })).toBe(true);
    expect(works({ teamId: 'east' })).toBe(false);
    expect(works({ teamId: 'east', timeZone: 'Asia/Shanghai' })).toBe(true);
    expect(works({ teamId: 'east', shifts: [...night, ...office], timeZone: 'Asia/Shanghai' })).toBe(true);
    expect(works({ shifts: [] })).toBe(false);
  });

  it('of a team know public holidays and the weekends worked for them; one’s own shifts say themselves when', () => {
    const weekdays = [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' }];
    const on = (day: string, holidays: 'china' | 'none' | undefined, but: Partial<RepSeen> = {}): boolean =>
      decide([anyRep('ann', { teamId: 'east', ...but })], {
        at: `${day}T02:00:00.000Z`,
        rules: { teams: { east: { shifts: weekdays, ...(holidays ? { holidays } : {}) } } },
      }).outcome === 'assigned';
    // National Day is a Thursday; the Saturday of the week after is worked for it.
    expect([on('2026-10-01', 'china'), on('2026-10-10', 'china'), on('2026-10-08', 'china')]).toEqual([
      false,
      true,
      true,
    ]);
    expect([on('2026-10-01', 'none'), on('2026-10-10', 'none')]).toEqual([true, false]);
    // A record of before holidays were known comes out as it did.
    expect([on('2026-10-01', undefined), on('2026-10-10', undefined)]).toEqual([true, false]);
    expect([on('2026-10-01', 'china', { shifts: weekdays }), on('2026-10-10', 'china', { shifts: weekdays })]).toEqual([
      true,
      false,
    ]);
  });

  it('are read by one’s own time zone, else the team’s, else everybody’s', () => {
    const rules = { teams, timeZone: 'Asia/Tokyo' };
    expect(zoneOf({ timeZone: 'Asia/Shanghai', teamId: 'east' }, rules)).toBe('Asia/Shanghai');
    expect(zoneOf({ teamId: 'east' }, rules)).toBe('Europe/Berlin');
    expect(zoneOf({ teamId: 'west' }, rules)).toBe('Asia/Tokyo');
    expect(zoneOf({ teamId: 'north' }, rules)).toBe('Asia/Tokyo');
    expect(zoneOf({}, rules)).toBe('Asia/Tokyo');
  });
});

describe('the rules of routing', () => {
  const valid = (but: object): boolean => routingRules.safeParse({ ...defaultRoutingRules, ...but }).success;

  it('never do without the filters that the transaction checks, and end with fair share', () => {
    expect(valid({})).toBe(true);
    expect(valid({ filters: ['capacity', 'available'] })).toBe(true);
    expect(valid({ filters: ['available'] })).toBe(false);
    expect(valid({ filters: ['capacity'] })).toBe(false);
    expect(valid({ preferences: ['fair-share'] })).toBe(true);
    expect(valid({ preferences: ['fair-share', 'win-rate'] })).toBe(false);
    expect(valid({ preferences: ['win-rate'] })).toBe(false);
  });

  it('name each thing once', () => {
    expect(valid({ order: ['territory', 'territory'] })).toBe(false);
    expect(valid({ filters: ['available', 'capacity', 'available'] })).toBe(false);
    expect(valid({ preferences: ['win-rate', 'win-rate', 'fair-share'] })).toBe(false);
  });
});
