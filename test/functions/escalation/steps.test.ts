import { describe, expect, it } from 'vitest';
import { take } from '../../../functions/escalation/steps.ts';
import { emptyChain } from '../../../shared/audit/record.ts';
import type { Lead } from '../../../shared/lead/lead.ts';
import type { Table } from '../../../shared/platform/table.ts';
import { startClock } from '../../../shared/sla/clock.ts';
import { deadlines } from '../../../shared/sla/rules.ts';
import { monday } from '../../histories.ts';

const dueAt = '2026-11-02T03:00:00.000Z';
const later = new Date('2026-11-02T03:00:30.000Z');
const waiting = (but: object): Lead =>
  ({
    leadId: 'lead',
    receivedAt: monday.toISOString(),
    source: { channel: 'web' },
    version: 1,
    sla: startClock(monday, { ...deadlines({} as never, {}), remindMs: 3_600_000 }),
    stage: { name: 'first-contact', since: monday.toISOString() },
    attempts: 0,
    audit: emptyChain('lead'),
    ...but,
  }) as unknown as Lead;

/** What is announced when the owner is to be reminded. */
async function announced(but: object): Promise<string[]> {
  const changes = await take({} as Table, waiting(but), { step: 'remind', dueAt }, later);
  return changes.map(({ about }) => about).filter((about) => about.startsWith('event'));
}

describe('a reminder', () => {
  it('is announced for the owner of a lead', async () => {
    const owner = { repId: 'rep-li', name: '李雷', teamId: 'east' };
    expect(await announced({ status: 'assigned', owner })).toEqual(['event LeadReminded']);
  });

  it('of a lead that nobody has reminds nobody, and the timeline says so of nobody', async () => {
    expect(await announced({ status: 'manual', cause: 'no-territory' })).toEqual([]);
  });
});
