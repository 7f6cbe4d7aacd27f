import { describe, expect, it } from 'vitest';
import { form, nowhere, useSystem } from '../running-system.ts';

const system = useSystem();
interface Shown {
  cause: string;
  state: string;
  openedAt: string | null;
  failures: number;
  held: number;
}
const breaker = async (cause: string) => {
  const { body } = await system.call<{ items: Shown[] }>('GET', '/breakers');
  return body.items.find((each) => each.cause === cause);
};
const kinds = async () => (await system.outbox()).map(({ kind }) => kind);
const count = async (kind: string) => (await kinds()).filter((each) => each === kind).length;
const everywhere = {
  type: 'Feature',
  properties: { territoryId: 'elsewhere', name: 'Elsewhere', repIds: ['rep-li', 'rep-zhao'] },
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [9, 49],
        [11, 49],
        [11, 51],
        [9, 51],
        [9, 49],
      ],
    ],
  },
};

describe('many leads failing for one cause', () => {
  const leads: string[] = [];

  it('open its breaker: ONE alert, and the leads go to the manual group at once', async () => {
    for (const { cause, state, held } of (await system.call<{ items: Shown[] }>('GET', '/breakers')).body.items)
      expect([cause, state, held]).toEqual([cause, 'closed', 0]);
    const posted = await Promise.all(Array.from({ length: 12 }, () => system.post(form(nowhere))));
    leads.push(...posted.map(({ body }) => body.leadId));
    await system.idle();
    expect(await breaker('no-territory')).toMatchObject({ state: 'open', openedAt: expect.any(String) });
    expect(await count('breaker-opened')).toBe(1);
    const alone = await count('assignment-failed');
    const more = await system.lead(form(nowhere));
    leads.push(more);
    const { body } = await system.call<{ items: { outcome: string }[] }>('GET', `/leads/${more}/decisions`);
    expect(body.items.map(({ outcome }) => outcome)).toEqual(['failed', 'manual']);
    for (const leadId of leads)
      expect(await system.show(leadId)).toMatchObject({ status: 'manual', cause: 'no-territory' });
    expect([await count('breaker-opened'), await count('assignment-failed')]).toEqual([1, alone]);
    // Whoever can be placed is.
    expect((await system.show(await system.lead(form()))).status).toBe('assigned');
  });

  it('are tried with one of them, which fails while the cause is there', async () => {
    await system.advance('PT6M');
    expect(await breaker('no-territory')).toMatchObject({ state: 'open' });
    expect(await count('breaker-opened')).toBe(1);
  });

  it('go on by themselves when the cause is overcome', async () => {
    const { body } = await system.call<{ features: object[] }>('GET', '/territories');
    expect(
      (await system.call('PUT', '/territories', { ...body, features: [...body.features, everywhere] })).status,
    ).toBe(200);
    await system.advance('PT15M');
    await system.advance('PT1M');
    expect(await breaker('no-territory')).toMatchObject({ state: 'closed', held: 0 });
    expect(await count('breaker-closed')).toBe(1);
    const held = (await Promise.all(leads.map((leadId) => system.show(leadId)))).filter(
      ({ status }) => status !== 'assigned',
    );
    // Those that three attempts had brought to the manual group before it opened wait for people, as ever.
    for (const { leadId } of held) {
      const { body: decided } = await system.call<{ items: { outcome: string }[] }>(
        'GET',
        `/leads/${leadId}/decisions`,
      );
      expect(decided.items.filter(({ outcome }) => outcome === 'failed')).toHaveLength(3);
    }
    expect(held.length).toBeLessThan(leads.length);
  });

  it('are let go by an admin, and by nobody else', async () => {
    const far = { location: { point: { lng: -60, lat: -10 } } };
    const posted = await Promise.all(Array.from({ length: 12 }, () => system.post(form(far))));
    await system.idle();
    expect(await breaker('no-territory')).toMatchObject({ state: 'open' });
    const rep = await system.token({ role: 'rep', repId: 'rep-li' });
    const path = '/breakers/no-territory/reset';
    expect((await system.call('POST', path, undefined, rep)).status).toBe(403);
    expect((await system.call('POST', '/breakers/nonsense/reset')).status).toBe(400);
    expect((await system.call('POST', path)).body).toEqual({ cause: 'no-territory', state: 'closed' });
    await system.idle();
    for (const { body } of posted) expect((await system.show(body.leadId)).status).toBe('manual');
  });
});
