import { beforeEach, describe, expect, it } from 'vitest';
import { Agenda, together } from '../../../scripts/simulate/agenda.ts';
import { Witness } from '../../../scripts/simulate/witness.ts';

describe('whoever watches a simulated month', () => {
  let witness: Witness;
  let events = 0;
  beforeEach(() => {
    witness = new Witness();
  });
  const hear = (type: string, detail: Record<string, unknown>) => {
    events += 1;
    const event = {
      'detail-type': type,
      time: new Date(0).toISOString(),
      detail: { eventId: `e-${events}`, ...detail },
    };
    witness.hear(event);
    return event;
  };

  it('sees a lead that is given to somebody who is away, until they are back', () => {
    hear('LeadAssigned', { leadId: 'a', repId: 'rep' });
    hear('RepAway', { repId: 'rep' });
    hear('LeadAssigned', { leadId: 'b', repId: 'rep' });
    hear('RepBack', { repId: 'rep' });
    hear('LeadAssigned', { leadId: 'c', repId: 'rep' });
    hear('RepFrozen', { repId: 'rep' });
    hear('LeadAssigned', { leadId: 'd', repId: 'rep' });
    expect(witness.violations).toEqual(['b was given to rep, who is away', 'd was given to rep, who is away']);
    expect(witness.frozenAt).toHaveLength(2);
  });

  it('sees what is escalated twice, but not the same event that comes again', () => {
    const once = hear('LeadOverdue', { leadId: 'a' });
    witness.hear(once);
    hear('LeadMissed', { leadId: 'a' });
    hear('LeadOverdue', { leadId: 'b' });
    expect(witness.violations).toEqual([]);
    hear('LeadOverdue', { leadId: 'a' });
    expect(witness.violations).toEqual(['a: LeadOverdue twice']);
  });
});

describe('the agenda of a month', () => {
  it('has everything happen in its order, what is late next, and nothing after the end', async () => {
    const agenda = new Agenda(60);
    const done: string[] = [];
    const plan = (at: number, what: string) => agenda.plan(at, async () => void done.push(`${what} ${now}`));
    let now = 0;
    plan(31, 'late');
    plan(20, 'early');
    plan(70, 'never');
    for (let at = agenda.next(); at !== undefined; at = agenda.next()) {
      now = at;
      await together(agenda.take(), 2);
      if (done.length === 1) plan(0, 'overdue');
    }
    expect(done).toEqual(['early 20', 'overdue 20', 'late 40']);
  });

  it('runs so many at a time, and tells of a failure when those that had begun are over', async () => {
    let [running, most] = [0, 0];
    const task = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
    };
    await together(
      Array.from({ length: 20 }, () => task),
      3,
    );
    expect(most).toBe(3);
    const failing = async () => {
      throw new Error('no');
    };
    await expect(together([task, failing, task], 2)).rejects.toThrow('no');
    expect(running).toBe(0);
  });
});
