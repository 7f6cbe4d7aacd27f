import type { Context } from 'aws-lambda';
import { beforeEach, describe, expect, it } from 'vitest';
import { LeadSentToManual } from '../../../events/lead-sent-to-manual.ts';
import { handler } from '../../../functions/breaker/handler.ts';
import { defaultBreakerRules } from '../../../shared/breaker/breaker.ts';
import { causesToLookAt } from '../../../shared/breaker/store.ts';
import { newId } from '../../../shared/platform/random.ts';
import { query } from '../../../shared/platform/table.ts';
import { context, messages } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();
const cause = 'dependency';

/** A step fails with so many leads at every try. */
async function leaves(many: number, but: { cause?: string; held?: true } = {}): Promise<string[]> {
  const now = new Date();
  const leadIds = Array.from({ length: many }, () => newId(now));
  const told = { ...LeadSentToManual.sample, cause, attempts: 0, at: now.toISOString(), ...but };
  const all = messages(LeadSentToManual, ...leadIds.map((leadId) => ({ ...told, leadId })));
  await handler(all, context as Context);
  // Delivered twice.
  await handler(all, context as Context);
  return leadIds;
}
const looks = () => handler({ schedule: 'breaker', scheduledTime: '' }, context as Context);

interface Told {
  type: string;
  detail: { leadIds: string[]; failures?: number };
}
let before = 0;
const told = async (): Promise<Told[]> => {
  const all = await query(table(), { pk: `BREAKER#${cause}`, begins: 'EVENT#' });
  return all.slice(before) as never;
};

describe('leads with which a step failed at every try', () => {
  beforeEach(async () => {
    before += (await told()).length;
  });

  it('are told of at once by one of them, the others together; the breaker names all when it opens', async () => {
    const leadIds = await leaves(3);
    const [first, ...none] = await told();
    expect(first).toMatchObject({ type: 'LeadsStranded', detail: { leadIds: [expect.any(String)] } });
    expect(none).toEqual([]);
    expect(await causesToLookAt(table())).toEqual([cause]);
    await looks();
    await looks();
    const [, others, ...more] = await told();
    expect(others?.type).toBe('LeadsStranded');
    expect([...(first?.detail.leadIds ?? []), ...(others?.detail.leadIds ?? [])].sort()).toEqual([...leadIds].sort());
    expect([more, await causesToLookAt(table())]).toEqual([[], []]);

    const later = await leaves(defaultBreakerRules.leads);
    await looks();
    const [, , opened, ...no] = await told();
    expect(opened).toMatchObject({ type: 'BreakerOpened', detail: { failures: defaultBreakerRules.leads } });
    expect(opened?.detail.leadIds).toEqual(expect.arrayContaining(leadIds));
    expect([...leadIds, ...later]).toEqual(expect.arrayContaining(opened?.detail.leadIds ?? []));
    expect(no).toEqual([]);
  });

  it('are told of by their breaker alone while it is open', async () => {
    await leaves(2);
    await leaves(2, { held: true });
    await looks();
    expect(await told()).toEqual([]);
  });
});
