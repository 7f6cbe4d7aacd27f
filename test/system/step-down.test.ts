import { beforeEach, describe, expect, it } from 'vitest';
import { form, useSystem } from '../running-system.ts';

const system = useSystem();
const breaker = async () => {
  const { body } = await system.call<{ items: { cause: string; state: string; held: number }[] }>('GET', '/breakers');
  return body.items.find(({ cause }) => cause === 'dependency');
};

describe('a step that is down', () => {
  let before = 0;
  const all = async () =>
    (await system.outbox()).filter(({ kind }) =>
      ['assignment-failed', 'assignments-failed', 'breaker-opened'].includes(kind),
    );
  const told = async () => (await all()).slice(before);
  const isDown = () =>
    system.call('POST', '/_local/faults', { target: 'function:assignment', fault: 'error', rate: 1 });
  const post = async (many: number) => {
    const posted = await Promise.all(Array.from({ length: many }, () => system.post(form())));
    await system.idle();
    return posted.map(({ body }) => body.leadId);
  };

  beforeEach(async () => {
    before = (await all()).length;
  });

  it('is told of at once, by its first lead; the next ones are told of together, within five minutes', async () => {
    await isDown();
    const leads = await post(3);
    expect(await told()).toMatchObject([{ kind: 'assignment-failed', leadId: expect.any(String) }]);
    await system.advance('PT5M');
    const [first, rest, ...more] = await told();
    expect([rest?.kind, more]).toEqual(['assignments-failed', []]);
    for (const leadId of leads) {
      expect(await system.show(leadId)).toMatchObject({ status: 'manual', cause: 'dependency' });
      if (leadId !== first?.leadId) expect(JSON.stringify(rest?.body)).toContain(leadId);
    }
    await system.advance('PT15M');
    expect(await told()).toHaveLength(2);
  });

  it('opens the breaker: two alerts for all its leads, which are held, and go on when it is up', async () => {
    const leads = await post(13);
    const [first, opened, ...more] = await told();
    expect([first?.kind, opened?.kind, more]).toEqual(['assignment-failed', 'breaker-opened', []]);
    expect(leads.filter((leadId) => JSON.stringify(opened?.body).includes(leadId))).toHaveLength(10);
    expect(await breaker()).toMatchObject({ state: 'open', held: 13 });
    await system.call('DELETE', '/_local/faults');
    await system.call('POST', '/breakers/dependency/reset');
    await system.idle();
    for (const leadId of leads) expect((await system.show(leadId)).status).toBe('assigned');
    expect(await told()).toHaveLength(2);
  });
});
