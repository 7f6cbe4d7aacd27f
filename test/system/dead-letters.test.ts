import { describe, expect, it } from 'vitest';
import { masked } from '../../shared/platform/quarantine.ts';
import { form, useSystem } from '../running-system.ts';

const system = useSystem();
interface Letter {
  quarantineId: string;
  type?: string;
  raw: string;
  redrivenBy?: string;
  redriven?: number;
}
const letters = async () => (await system.call<{ items: Letter[] }>('GET', '/quarantine')).body.items;

describe('a dead letter', () => {
  it('is shown with its cause, and sent on its way again by call: its work is done then, once', async () => {
    const leadId = await system.lead({ ...form(), preferredRepId: 'rep-zhao' });
    await system.call('POST', '/_local/faults', { target: 'function:handover', fault: 'error', rate: 1 });
    await system.hr({ employeeId: 'rep-zhao', name: '赵强', status: 'left' });
    await system.call('DELETE', '/_local/faults');
    expect((await system.show(leadId)).owner?.repId).toBe('rep-zhao');
    const [letter] = await letters();
    expect(letter).toMatchObject({ type: 'RepFrozen', step: 'dead-letters', reason: 'RepFrozen failed at every try' });
    const path = `/quarantine/${letter?.quarantineId}/redrive`;
    const rep = await system.token({ role: 'rep', repId: 'rep-li' });
    expect((await system.call('POST', path, undefined, rep)).status).toBe(403);
    expect((await system.call('POST', path)).status).toBe(202);
    await system.idle();
    const after = await system.show(leadId);
    expect(after.status).toBe('assigned');
    expect(after.owner?.repId).not.toBe('rep-zhao');
    expect(await letters()).toMatchObject([{ redrivenBy: 'admin', redriven: 1 }]);
    await system.call('POST', path);
    await system.idle();
    expect((await system.show(leadId)).owner).toEqual(after.owner);
    expect((await system.call('POST', '/quarantine/nothing/redrive')).status).toBe(404);
  });

  it('goes on its way again by itself after a while, until its work is done', async () => {
    const leadId = await system.lead({ ...form(), preferredRepId: 'rep-li' });
    await system.call('POST', '/_local/faults', { target: 'function:handover', fault: 'error', rate: 1 });
    await system.hr({ employeeId: 'rep-li', name: '李娜', status: 'left' });
    const own = async () => (await letters()).filter(({ raw }) => raw.includes('rep-li'));
    const owner = async () => (await system.show(leadId)).owner?.repId;
    expect([await own(), await owner()]).toMatchObject([[{ type: 'RepFrozen' }], 'rep-li']);
    await system.advance('PT90S');
    expect(await own()).toMatchObject([{ redrivenBy: 'dead-letters', redriven: 1 }]);
    await system.call('DELETE', '/_local/faults');
    expect(await owner()).toBe('rep-li');
    await system.advance('PT11M');
    const next = await owner();
    expect(next).not.toBe('rep-li');
    await system.advance('PT2H');
    expect([await own(), await owner()]).toMatchObject([[{ redriven: 2 }], next]);
  });

  it('goes on with all others at one call, each once; what could not be read stays', async () => {
    const queue = system.runtime.queueNames.find((name) => /scoringInboxQueue/i.test(name)) ?? '';
    system.runtime.send(queue, 'not even JSON');
    await system.idle();
    const unreadable = (await letters()).find(({ type }) => type === undefined);
    expect((await system.call('POST', `/quarantine/${unreadable?.quarantineId}/redrive`)).status).toBe(409);
    expect((await system.call('POST', '/quarantine/redrive')).body).toEqual({ redriven: 0 });
  });

  it('shows no phone and no e-mail address', () => {
    const shown = masked(
      '{"phone":"+86 138-0013-8000","email":"wang.fang@example.com","eventId":"01JD0000000000000000000001","at":"2026-11-23T08:00:00.000Z"}',
    );
    expect(shown).toBe(
      '{"phone":"***00","email":"***@***","eventId":"01JD0000000000000000000001","at":"2026-11-23T08:00:00.000Z"}',
    );
  });
});
