import type { Context } from 'aws-lambda';
import { beforeAll, describe, expect, it } from 'vitest';
import { handler } from '../../../functions/escalation/handler.ts';
import { tryAnew } from '../../../functions/escalation/try-anew.ts';
import { recordsOf } from '../../../shared/audit/store.ts';
import { rosterChanged } from '../../../shared/config/store.ts';
import { now } from '../../../shared/platform/clock.ts';
import { commit } from '../../../shared/platform/commit.ts';
import { newId } from '../../../shared/platform/random.ts';
import { startClock } from '../../../shared/sla/clock.ts';
import { context, leadsExist, scoredLead } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();
const HOUR = 3_600_000;
const grades = ['C', 'B', 'A', 'C', 'A', 'B'] as const;

/** Leads that wait for a shift that begins so many hours from now, one of each grade given. */
async function waiting(hours: number): Promise<string[]> {
  const ids = grades.map(() => newId(new Date()));
  for (const [n, leadId] of ids.entries()) {
    const soon = new Date(Date.now() + hours * HOUR).toISOString();
    const sla = startClock(new Date(), { supervisorMs: 48 * HOUR, exceptionMs: 96 * HOUR });
    const lead = scoredLead(leadId, { nextAttemptAt: soon, sla });
    await leadsExist(table(), { ...lead, score: { ...lead.score, grade: grades[n] } } as typeof lead);
  }
  return ids;
}

/** The grades of the leads in the order in which they were let go on, and why. */
async function letGo(ids: string[]): Promise<{ order: string; why: Set<string | undefined> }> {
  const records = await Promise.all(ids.map((leadId) => recordsOf(table(), leadId)));
  const released = records.map(([first], n) => ({ at: first?.at ?? '', grade: grades[n], why: first?.basis }));
  const inOrder = released.sort((a, b) => (a.at < b.at ? -1 : 1));
  return { order: inOrder.map(({ grade }) => grade).join(''), why: new Set(released.map(({ why }) => why)) };
}

describe('leads that waited for a shift', () => {
  beforeAll(async () => {
    await tryAnew(table(), now, () => true);
    await tryAnew(table(), now, () => true);
  });

  it('go on by grade when it begins', async () => {
    const ids = await waiting(-1);
    await handler({ id: '1', resources: [] } as never, context as Context);
    expect(await letGo(ids)).toEqual({ order: 'AABBCC', why: new Set(['shift-began']) });
  });

  it('go on by grade when staff or rules change', async () => {
    const ids = await waiting(12);
    await commit(table(), [rosterChanged()]);
    await tryAnew(table(), now, () => true);
    expect(await letGo(ids)).toEqual({ order: 'AABBCC', why: new Set(['staff-or-rules-changed']) });
  });
});
