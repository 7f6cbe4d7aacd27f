import { describe, expect, it } from 'vitest';
import { check } from '../../../scripts/chaos/checker.ts';
import type { Item, Message, Rep, RepChange } from '../../../scripts/chaos/records.ts';
import { packed } from '../../../shared/audit/packing.ts';
import { type AuditRecord, emptyChain, seal } from '../../../shared/audit/record.ts';

const ID = '01JD0000000000000000000001';
const AT = '2026-11-02T02:00:00.000Z';
const DUE = '2026-11-02T04:00:00.000Z';
const MISSED = '2026-11-02T06:00:00.000Z';
const END = '2026-11-02T07:00:00.000Z';

const rep = (but: object = {}) => ({ repId: 'rep-li', status: 'active', openLeads: 0, capacity: 10, ...but });
const decision = (outcome: AuditRecord['outcome'], but: object = {}) =>
  ({ outcome, basis: 'territory', candidates: [], flip: [], versions: {}, ...but }) as never;

/** One lead that was given to rep-li and waited for hours, and all that lies about it; each part can be broken. */
function company() {
  const first = seal(
    ID,
    emptyChain(ID),
    decision('assigned', { repId: 'rep-li', inputs: { reps: [rep()] } }),
    new Date(AT),
  );
  const lead = {
    leadId: ID,
    status: 'assigned' as string,
    owner: { repId: 'rep-li' } as object | undefined,
    sla: { supervisorDueAt: DUE, exceptionDueAt: MISSED, firstContactAt: null as string | null },
    audit: { records: 1, hash: first.hash },
  };
  const event = (type: string, at: string, detail: object = {}): Item => ({
    pk: `LEAD#${ID}`,
    sk: `EVENT#${type}`,
    eventId: `event-${type}`,
    type,
    at,
    detail: { leadId: ID, ...detail },
  });
  const items: Item[] = [
    { pk: `LEAD#${ID}`, sk: 'LEAD', lead },
    { pk: `LEAD#${ID}`, sk: 'DECISION#000001', packed: packed(first) },
    event('LeadAssigned', AT, { repId: 'rep-li' }),
    event('LeadOverdue', DUE, { dueAt: DUE }),
    event('LeadMissed', MISSED, { dueAt: MISSED }),
    { pk: 'NOTICES#event-LeadAssigned', sk: 'NOTICE#event-LeadAssigned#sms#x', state: 'sent' },
    { pk: 'REP#rep-li', sk: 'REP', repId: 'rep-li', status: 'active', openLeads: 1, capacity: 10 },
    { pk: 'QUARANTINE#1', sk: 'QUARANTINE', raw: '{"poison":"scoring"}' },
  ];
  const messages: Message[] = [{ at: AT, channel: 'sms', to: '+86', kind: 'lead-assigned', leadId: ID }];
  const weighed = { writes: 20, reads: 10 };
  const answered = {
    taken: [{ leadId: ID, person: 1, post: 1 }],
    poisoned: 1,
    endedAt: END,
    units: { first: weighed, last: { ...weighed } },
  };
  const repChanges: RepChange[] = [{ before: rep() as Rep, after: rep({ openLeads: 1 }) as Rep }];
  const find = (sk: string) => items.find((item) => item.sk === sk) as Item & Record<string, never>;
  const found = () =>
    check({ items, messages, repChanges }, answered).violations.map(({ invariant, what }) => `${invariant}: ${what}`);
  return { lead, items, messages, repChanges, answered, event, find, found, first };
}

describe('the checker of what chaos left behind', () => {
  it('finds nothing wrong with a lead that went its way', () => {
    expect(company().found()).toEqual([]);
  });

  it('misses a lead that was taken and is not there, or has not ended anywhere', () => {
    const lost = company();
    lost.answered.taken.push({ leadId: '01JD0000000000000000000002', person: 2, post: 2 });
    expect(lost.found()).toEqual(['1: was taken with 2xx and is not there']);
    const waiting = company();
    waiting.lead.status = 'scored';
    expect(waiting.found()).toContain('1: is scored still');
    const nowhere = company();
    Object.assign(nowhere.lead, { status: 'duplicate', duplicateOf: 'gone' });
    expect(nowhere.found()).toContain('1: is a duplicate of no lead');
  });

  it('lets a lead wait for a shift that begins after all that was seen, as its decision says', () => {
    const waitingUntil = (until: string, but: object = {}) => {
      const { lead, items, find, found } = company();
      const waits = seal(ID, emptyChain(ID), decision('failed', { waitsUntil: until }), new Date(AT));
      Object.assign(lead, { status: 'scored', owner: undefined, attempts: 0, nextAttemptAt: until, ...but });
      lead.audit = { records: 1, hash: waits.hash };
      find('DECISION#000001').packed = packed(waits) as never;
      Object.assign(find('REP'), { openLeads: 0 });
      items.splice(items.indexOf(find('EVENT#LeadAssigned')), 1);
      return found().filter((what) => what.startsWith('1'));
    };
    const tomorrow = '2026-11-03T01:00:00.000Z';
    expect(waitingUntil(tomorrow)).toEqual([]);
    expect(waitingUntil(AT)).toEqual(['1: is scored still']);
    expect(waitingUntil(tomorrow, { attempts: 1 })).toEqual(['1: is scored still']);
    expect(waitingUntil(tomorrow, { nextAttemptAt: '2026-11-04T01:00:00.000Z' })).toEqual(['1: is scored still']);
  });

  it('sees that one key was answered with two leads', () => {
    const { answered, items, lead, found } = company();
    const other = '01JD0000000000000000000002';
    items.push({
      pk: `LEAD#${other}`,
      sk: 'LEAD',
      lead: { ...lead, leadId: other, status: 'duplicate', duplicateOf: ID },
    });
    answered.taken.push({ leadId: other, person: 1, post: 1 });
    expect(found()).toContain(`2: its sender was also told ${ID}, for one key`);
  });

  it('sees two owners at a time, and an owner of whom nothing was decided', () => {
    const twice = company();
    const end = { records: 1, hash: twice.first.hash };
    const second = seal(
      ID,
      end,
      decision('assigned', { repId: 'rep-wang', inputs: { reps: [rep({ repId: 'rep-wang' })] } }),
      new Date(AT),
    );
    twice.items.push({ pk: `LEAD#${ID}`, sk: 'DECISION#000002', packed: packed(second) });
    twice.lead.audit = { records: 2, hash: second.hash };
    expect(twice.found()).toEqual(
      expect.arrayContaining([
        '2: was given to rep-wang while rep-li had it',
        '2: is owned by rep-li, decided for rep-wang',
        '2: 2 times assigned, 1 times announced',
      ]),
    );
  });

  it('sees that somebody was away, frozen or full, and counts that are wrong', () => {
    const away = company();
    away.items.push({ ...away.event('RepFrozen', '2026-11-02T01:00:00.000Z', { repId: 'rep-li' }), pk: 'REP#rep-li' });
    expect(away.found()).toEqual([`3: was given to rep-li at ${AT}, away since 2026-11-02T01:00:00.000Z`]);
    const back = company();
    back.items.push(
      { ...back.event('RepAway', '2026-11-02T01:00:00.000Z', { repId: 'rep-li' }), pk: 'REP#rep-li' },
      { ...back.event('RepBack', '2026-11-02T01:30:00.000Z', { repId: 'rep-li' }), pk: 'REP#rep-li' },
    );
    expect(back.found()).toEqual([]);
    const full = company();
    const inputs = { reps: [rep({ status: 'on-leave', openLeads: 10 })] };
    const wrong = seal(ID, emptyChain(ID), decision('assigned', { repId: 'rep-li', inputs }), new Date(AT));
    Object.assign(full.find('DECISION#000001'), { packed: packed(wrong) });
    full.lead.audit.hash = wrong.hash;
    Object.assign(full.find('REP'), { openLeads: 2, capacity: 0, status: 'left' });
    expect(full.found()).toEqual([
      '3: rep-li owns 1 leads and is said to own 2',
      '3: rep-li owns 1 leads of at most 0',
      '3: rep-li is left and owns 1 leads',
      '3: rep-li was on-leave',
      '3: rep-li had no room',
    ]);
  });

  it('sees a record that was changed, and one that is missing', () => {
    const changed = company();
    Object.assign(changed.find('DECISION#000001'), { packed: packed({ ...changed.first, basis: 'history' }) });
    expect(changed.found()).toEqual(['4: decision 1 does not fit its chain']);
    const missing = company();
    missing.lead.audit.records = 2;
    expect(missing.found()).toEqual(['4: has 1 decisions on record, and 2 were made']);
  });

  it('sees that nobody was told of a lead that could not be placed', () => {
    const alone = company();
    alone.items.push(alone.event('LeadSentToManual', AT, { attempts: 2 }));
    expect(alone.found()).toEqual(['5: went to people after 2 attempts', '5: went to people, who were not told']);
    const together = company();
    together.items.push(
      together.event('LeadSentToManual', AT, { attempts: 3, cause: 'dependency' }),
      { ...together.event('LeadsStranded', AT, { cause: 'dependency', leadIds: [ID] }), pk: 'BREAKER#dependency' },
      { pk: 'NOTICES#event-LeadsStranded', sk: 'NOTICE#event-LeadsStranded#wecom#admins', state: 'sent' },
    );
    expect(together.found()).toEqual([]);
    together.items.pop();
    expect(together.found()).toEqual(['5: went to people, who were not told']);
    const held = company();
    held.items.push(held.event('LeadSentToManual', AT, { attempts: 0, held: true }));
    expect(held.found()).toEqual(['5: is held for a breaker of which nobody was told']);
  });

  it('sees an escalation that came early, twice, after the call, or not at all', () => {
    const early = company();
    Object.assign(early.find('EVENT#LeadOverdue'), { at: AT });
    expect(early.found()).toEqual([`6: LeadOverdue at ${AT}, due at ${DUE}`]);
    const twice = company();
    twice.items.push({ ...twice.event('LeadMissed', MISSED, { dueAt: MISSED }), sk: 'EVENT#again' });
    expect(twice.found()).toEqual(['6: 2 times LeadMissed']);
    const called = company();
    called.lead.sla.firstContactAt = AT;
    expect(called.found()).toHaveLength(2);
    const silent = company();
    silent.items.splice(silent.items.indexOf(silent.find('EVENT#LeadOverdue')), 1);
    expect(silent.found()).toEqual([`6: was due at ${DUE} and there was no LeadOverdue`]);
  });

  it('sees a message that went out twice, and an owner who was not told', () => {
    const twice = company();
    twice.messages.push({ ...(twice.messages[0] as Message) });
    expect(twice.found()).toEqual(['6: lead-assigned was told 2 times, for 1 LeadAssigned']);
    const silent = company();
    Object.assign(silent.find('NOTICE#event-LeadAssigned#sms#x'), { state: 'sending' });
    expect(silent.found()).toEqual(['6: its owner was not told of it']);
    Object.assign(silent.find('NOTICE#event-LeadAssigned#sms#x'), {
      sk: 'NOTICE#event-LeadAssigned',
      state: 'over',
      taken: [],
    });
    expect(silent.found()).toEqual(['6: its owner was not told of it']);
    Object.assign(silent.find('NOTICE#event-LeadAssigned'), { taken: ['sms#x'] });
    expect(silent.found()).toEqual([]);
  });

  it('sees a poisoned message that is gone', () => {
    const gone = company();
    gone.answered.poisoned = 2;
    expect(gone.found()).toEqual(['8: 2 poisoned messages, 1 kept for an admin']);
  });

  it('sees by the order of commits that somebody got a lead who was frozen or full, or got one by no decision', () => {
    const frozen = company();
    Object.assign(frozen.repChanges[0]?.before as Rep, { status: 'leaving' });
    expect(frozen.found()).toEqual(['3: rep-li got a lead while leaving']);
    const full = company();
    Object.assign(full.repChanges[0] as RepChange, { before: rep({ openLeads: 10 }), after: rep({ openLeads: 11 }) });
    expect(full.found()).toEqual(['3: rep-li got a lead with 10 of 10']);
    const undecided = company();
    undecided.repChanges.push({ before: rep({ openLeads: 1 }) as Rep, after: rep({ openLeads: 2 }) as Rep });
    expect(undecided.found()).toEqual(['3: rep-li was given 2 leads, by 1 decisions']);
  });

  it('sees a reminder that did not come, came twice, or came an hour late', () => {
    const silent = company();
    Object.assign(silent.lead.sla, { remindDueAt: DUE });
    expect(silent.found()).toEqual([`6: was due at ${DUE} and there was no LeadReminded`]);
    const twice = company();
    for (const sk of ['EVENT#r1', 'EVENT#r2'])
      twice.items.push({ ...twice.event('LeadReminded', DUE, { dueAt: DUE }), sk });
    expect(twice.found()).toEqual(['6: 2 times LeadReminded']);
    const late = company();
    Object.assign(late.find('EVENT#LeadOverdue'), { at: '2026-11-02T05:00:00.000Z' });
    expect(late.found()).toEqual([`6: LeadOverdue at 2026-11-02T05:00:00.000Z, due at ${DUE}`]);
  });

  it('sees that a lead costs more, or leaves more behind, the more leads there are', () => {
    const dearer = company();
    dearer.answered.units.last.reads = 13;
    expect(dearer.found()).toEqual(['9: a lead cost 10.0 reads at first and 13.0 at last']);
    const heavier = company();
    const [{ lead }, record] = [heavier, heavier.find('DECISION#000001')];
    for (let n = 0; n < 200; n += 1) {
      const id = `01JD0000000000000000001${String(n).padStart(3, '0')}`;
      heavier.items.push(
        { pk: `LEAD#${id}`, sk: 'LEAD', lead: { ...lead, leadId: id }, filling: 'x'.repeat(n < 100 ? 10 : 10_000) },
        { ...record, pk: `LEAD#${id}` },
      );
    }
    expect(heavier.found().filter((what) => what.startsWith('9'))).toEqual([
      expect.stringMatching(/^9: a lead left \d+\.\d bytes at first and \d+\.\d at last$/),
    ]);
  });
});
