import { describe, expect, it } from 'vitest';
import { form, puxi, useSystem } from '../running-system.ts';

const system = useSystem();
type Portal = { servedBy: { repId: string } | null; choices: { repId: string; name: string }[] };

async function link(leadId: string): Promise<string> {
  const made = await system.call<{ path: string }>('POST', `/leads/${leadId}/portal-link`);
  expect(made.status).toBe(201);
  return made.body.path;
}

describe('the customer’s portal', () => {
  it('shows who serves them, and moves the lead at once to whom they choose, on record', async () => {
    const leadId = await system.lead(form(puxi));
    const path = await link(leadId);
    const { body } = await system.call<Portal>('GET', path, undefined, {});
    const owner = body.servedBy?.repId;
    expect(body.choices.map(({ repId }) => repId).sort()).toEqual(['rep-liu', 'rep-zhang']);
    const other = owner === 'rep-liu' ? 'rep-zhang' : 'rep-liu';
    const chosen = await system.call<Portal>('PUT', path, { repId: other }, {});
    expect(chosen).toMatchObject({ status: 200, body: { servedBy: { repId: other } } });
    await system.idle();
    expect((await system.show(leadId)).owner?.repId).toBe(other);
    const { body: audit } = await system.call<{ items: { basis: string; by?: { role: string } }[] }>(
      'GET',
      `/leads/${leadId}/decisions`,
    );
    expect(audit.items.at(-1)).toMatchObject({ basis: 'preference', by: { role: 'customer' } });
    expect((await system.call('POST', '/audit/replay', { leadId })).body).toEqual({
      decisions: 2,
      identical: 2,
      different: [],
    });
    expect((await system.outbox(leadId)).filter(({ to }) => to === other)).toHaveLength(1);
    const counts = await system.call<{ items: { repId: string; openLeads: number }[] }>('GET', '/reps?limit=200');
    expect(counts.body.items.find(({ repId }) => repId === owner)?.openLeads).toBe(0);
  });

  it('tells them when whom they choose is on leave or elsewhere, and keeps who serves them', async () => {
    const leadId = await system.lead(form(puxi));
    const path = await link(leadId);
    const before = (await system.show(leadId)).owner?.repId;
    const other = before === 'rep-liu' ? 'rep-zhang' : 'rep-liu';
    await system.hr({ employeeId: other, name: other, status: 'on-leave' });
    for (const repId of [other, 'rep-li', 'nobody']) {
      const refused = await system.call('PUT', path, { repId }, {});
      expect(refused).toMatchObject({ status: 409, body: { errors: [{ path: 'repId' }] } });
    }
    expect((await system.show(leadId)).owner?.repId).toBe(before);
  });

  it('opens for nobody with an altered link', async () => {
    const path = await link(await system.lead(form(puxi)));
    expect(await system.call('GET', `${path.slice(0, -2)}xx`, undefined, {})).toMatchObject({
      status: 401,
      body: { errors: [{ path: 'token' }] },
    });
  });
});
