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

  it('shows whose lead was merged into another who serves that one, and moves it to whom they choose', async () => {
    const leadId = await system.lead(form(puxi));
    const path = await link(leadId);
    const into = await system.lead(form(puxi));
    await system.call('POST', `/leads/${leadId}/merge`, { into, reason: 'the same person' });
    const { body } = await system.call<Portal>('GET', path, undefined, {});
    expect(body.servedBy?.repId).toBe((await system.show(into)).owner?.repId);
    const other = body.choices.find(({ repId }) => repId !== body.servedBy?.repId)?.repId;
    expect(await system.call('PUT', path, { repId: other }, {})).toMatchObject({ status: 200 });
    expect((await system.show(into)).owner?.repId).toBe(other);
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

  it('is told when they would like to be called, and tells the owner once', async () => {
    const leadId = await system.lead(form(puxi));
    const path = await link(leadId);
    for (const _ of [1, 2]) {
      const wished = await system.call('PUT', path, { callTime: 'evening' }, {});
      expect(wished).toMatchObject({ status: 200, body: { callTime: 'evening' } });
    }
    await system.idle();
    expect(await system.show(leadId)).toMatchObject({ callTime: 'evening' });
    const owner = (await system.show(leadId)).owner?.repId;
    const told = (await system.outbox(leadId)).filter(({ kind }) => kind === 'call-wished');
    expect(told.filter(({ channel }) => channel === 'push').map(({ to }) => to)).toEqual([owner]);
    for (const nothing of [{}, { callTime: 'at night' }]) {
      expect((await system.call('PUT', path, nothing, {})).status).toBe(400);
    }
  });

  it('is a page for browsers and JSON for all others, and lets no name be markup', async () => {
    const leadId = await system.lead(form(puxi));
    const path = await link(leadId);
    const other = (await system.show(leadId)).owner?.repId === 'rep-liu' ? 'rep-zhang' : 'rep-liu';
    await system.hr({ employeeId: other, name: '<b>刘</b>', status: 'active' });
    const asked = { accept: 'text/html,application/xhtml+xml', 'accept-language': 'zh-CN,zh;q=0.9' };
    const page = await fetch(`${system.runtime.url}${path}`, { headers: asked });
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(page.headers.get('content-security-policy')).not.toContain('unsafe');
    const html = await page.text();
    expect(html).toContain('<html lang="zh-CN">');
    expect(html).toContain('&#60;b&#62;刘');
    expect(html).not.toContain('<b>');
    expect(html).not.toContain('<script');
    expect((await system.call('GET', path, undefined, { accept: '*/*' })).headers.get('content-type')).toContain(
      'json',
    );
  });

  it('opens for nobody with an altered link', async () => {
    const path = await link(await system.lead(form(puxi)));
    expect(await system.call('GET', `${path.slice(0, -2)}xx`, undefined, {})).toMatchObject({
      status: 401,
      body: { errors: [{ path: 'token' }] },
    });
  });
});
