import { describe, expect, it } from 'vitest';
import { contacted, uncontacted } from '../../../shared/journey/contact.ts';
import { correction, interaction, isContact } from '../../../shared/journey/interaction.ts';
import { become, type Lead } from '../../../shared/lead/lead.ts';
import { defaultSlaRules } from '../../../shared/sla/rules.ts';
import { monday, scoredLead } from '../../histories.ts';

const at = (hours: number): string => new Date(monday.getTime() + hours * 3600_000).toISOString();
const owner = { repId: 'rep-li', name: '李雷', teamId: 'east' };
// The supervisor would be told after two hours, and everybody after four.
const given: Lead = become(scoredLead('lead'), { status: 'assigned', owner });
const told = (level: Lead['sla']['level'], lead = given): Lead => ({ ...lead, sla: { ...lead.sla, level } });
const closed: Lead = { ...given, status: 'won', owner, closedAt: at(9) } as Lead;

describe('a contact with a customer', () => {
  it('stops the clock of a lead that waits for it', () => {
    const { lead, first, withdrawn } = contacted(given, at(1));
    expect([lead.status, lead.sla.firstContactAt, first, withdrawn]).toEqual(['contacted', at(1), true, []]);
    expect(lead).toMatchObject({ owner });
  });

  it('is the first when it was the earliest, whenever it is logged', () => {
    const { lead } = contacted(given, at(3));
    expect(contacted(lead, at(5))).toEqual({ lead, first: false, withdrawn: [] });
    expect(contacted(lead, at(3))).toEqual({ lead, first: false, withdrawn: [] });
    expect(contacted(lead, at(1))).toMatchObject({ first: true, lead: { sla: { firstContactAt: at(1) } } });
  });

  it('by whoever was given a contacted lead after that makes it contacted again, with its first contact as it was', () => {
    const passedOn = become(contacted(given, at(1)).lead, {
      status: 'assigned',
      owner: { repId: 'rep-wang', name: '王敏' },
    });
    expect(contacted(passedOn, at(1)).lead.status).toBe('assigned');
    const { lead, first } = contacted(passedOn, at(6));
    expect(lead).toMatchObject({ status: 'contacted', owner: { repId: 'rep-wang' }, sla: { firstContactAt: at(1) } });
    expect(first).toBe(false);
  });

  it('leaves a lead in any other state than given as it is', () => {
    expect(contacted(closed, at(1)).lead.status).toBe('won');
    expect(contacted(scoredLead('lead'), at(1)).lead.status).toBe('scored');
  });

  it.each([
    ['none', 3, [], 'none'],
    ['supervisor', 3, [], 'supervisor'],
    ['supervisor', 2, ['supervisor'], 'none'],
    ['exception', 5, [], 'exception'],
    ['exception', 4, ['exception'], 'supervisor'],
    ['exception', 3, ['exception'], 'supervisor'],
    ['exception', 1, ['supervisor', 'exception'], 'none'],
  ] as const)('takes back of what was told (%s) what was not true after %d hours', (level, hours, withdrawn, now) => {
    const made = contacted(told(level), at(hours));
    expect([made.withdrawn, made.lead.sla.level]).toEqual([withdrawn, now]);
  });
});

describe('a first contact that never was', () => {
  const known = contacted(given, at(1)).lead;

  it('leaves a closed deal closed: only that it is not known any more', () => {
    const won = { ...closed, sla: known.sla };
    expect(uncontacted(won, undefined, defaultSlaRules, monday)).toEqual({
      lead: { ...won, sla: { ...known.sla, firstContactAt: null } },
      reopened: false,
      missed: false,
    });
  });

  it.each([
    ['none', 2, 'none', false],
    ['none', 3, 'supervisor', false],
    ['none', 4, 'supervisor', false],
    ['none', 5, 'exception', true],
    ['supervisor', 2, 'supervisor', false],
    ['exception', 5, 'exception', false],
    ['exception', 1, 'exception', false],
  ] as const)(
    'with %s told and the next one after %d hours makes it known how late that was',
    (level, hours, now, missed) => {
      const made = uncontacted(told(level, known), at(hours), defaultSlaRules, monday);
      expect([made.lead.sla.level, made.missed, made.reopened]).toEqual([now, missed, false]);
      expect(made.lead.sla.firstContactAt).toBe(at(hours));
    },
  );
});

describe('a logged contact', () => {
  const logged = { channel: 'phone', summary: 'talked', outcome: 'interested' };
  const wrong = (but: object) => interaction.safeParse({ ...logged, ...but }).error?.issues[0]?.path.join('.');

  it.each(['no answer', 'No-Answer', ' noanswer ', 'busy', 'voicemail', 'switched off', 'wrong number', 'failed dial'])(
    'reached nobody by its outcome “%s”',
    (outcome) => expect(isContact({ outcome })).toBe(false),
  );
  it.each(['not reached', 'unreached', 'failed', 'bounced', 'out of office', 'auto reply', 'auto-replied'])(
    'reached nobody by its outcome “%s”, whatever it was sent by',
    (outcome) => expect(isContact({ outcome })).toBe(false),
  );
  it.each([
    '未接',
    '电话无人接听',
    '占线',
    '忙线',
    '客户关机',
    '停机',
    '空号',
    '拒接',
    '打不通',
    '未联系上',
    '自动回复',
  ])('reached nobody by its outcome “%s”', (outcome) => expect(isContact({ outcome })).toBe(false));
  it.each(['interested', 'busy until Monday, call then', 'says he is busy', 'no answer to our offer yet', '已联系'])(
    'reached the customer by its outcome “%s”',
    (outcome) => expect(isContact({ outcome })).toBe(true),
  );

  it('reached whom it is said to have reached', () => {
    expect(isContact({ outcome: 'no answer', reached: true })).toBe(true);
    expect(isContact({ outcome: 'interested', reached: false })).toBe(false);
  });

  it('has as evidence a link or a file that was uploaded, not both, and links of the web only', () => {
    const url = 'https://files.example.com/1';
    expect(wrong({ evidence: [{ name: 'photo', url }] })).toBeUndefined();
    expect(wrong({ evidence: [{ name: 'photo', uploadId: 'u1' }] })).toBeUndefined();
    expect(wrong({ evidence: [{ name: 'photo', url, uploadId: 'u1' }] })).toBe('evidence.0');
    expect(wrong({ evidence: [{ name: 'photo' }] })).toBe('evidence.0');
    expect(wrong({ evidence: [{ name: 'photo', url: 'javascript:alert(1)' }] })).toBe('evidence.0.url');
  });

  it('is corrected as a whole, with its time and why, or never was', () => {
    expect(correction.safeParse({ retracted: true, reason: 'another customer' }).success).toBe(true);
    expect(correction.safeParse({ ...logged, at: at(1), reason: 'it was later' }).success).toBe(true);
    expect(correction.safeParse({ ...logged, reason: 'it was later' }).success).toBe(false);
    expect(correction.safeParse({ retracted: true }).success).toBe(false);
  });
});
