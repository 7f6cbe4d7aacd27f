import { describe, expect, it } from 'vitest';
import { messagesFor } from '../../../functions/notification/address.ts';
import {
  ADMINS,
  assignmentFailed,
  leadAssigned,
  leadOverdue,
  type Telling,
} from '../../../functions/notification/compose.ts';
import { cardsPublished } from '../../../functions/notification/compose-appraisal.ts';
import { defaultNoticeRules, type NoticeRules, noticeRules } from '../../../shared/notice/rules.ts';
import type { Rep } from '../../../shared/org/rep.ts';
import { unset } from '../../../shared/org/rep.ts';
import { scoredLead } from '../../histories.ts';

const ann: Rep = {
  ...unset,
  repId: 'ann',
  name: 'Ann',
  status: 'active',
  email: 'ann@example.com',
  channels: { phone: '+8613800138000', wecomUserId: 'Ann.W' },
};
const form = { contact: { name: '王芳', phone: '+8613900000000' }, source: { channel: 'web' } };
const scored = scoredLead();
const lead = { ...scored, sla: { ...scored.sla, supervisorDueAt: '2026-11-23T02:00:00.000Z' } };
const about = (but: Partial<Parameters<typeof leadAssigned>[0]> = {}) => ({
  lead,
  form,
  owner: ann,
  supervisor: undefined,
  ...but,
});
const at = new Date('2026-11-23T00:00:00Z');
const tell = (telling: Telling | undefined, rules: NoticeRules = defaultNoticeRules) => {
  if (!telling) throw new Error('nothing is told');
  return messagesFor(telling, { rules, zone: 'Asia/Shanghai', console: 'https://x.example/console', at });
};

describe('a message', () => {
  it('goes by push and SMS at first, and by what else its reader has when one fails', () => {
    const messages = tell(leadAssigned(about())[0]);
    expect(messages.map(({ channel, to }) => [channel, to])).toEqual([
      ['push', 'ann'],
      ['sms', '+8613800138000'],
    ]);
    expect(messages[0]?.instead.map(({ channel, to }) => `${channel} ${to}`)).toEqual([
      'wecom-app Ann.W',
      'web-push ann',
      'email ann@example.com',
    ]);
  });

  it('tells the owner of a new lead what to say and do, by when, and where to see more', () => {
    const [message] = tell(leadAssigned(about())[0]);
    expect(message?.text).toContain('请在 11-23 10:00 GMT+8 前联系客户');
    expect(message?.details).toContain('话术: 您好,王芳,我是负责为您服务的Ann');
    expect(message?.details).toContain('任务:\n1. ');
    expect(message?.link).toBe(`https://x.example/console/leads/${lead.leadId}`);
  });

  it('is in its reader’s language and time zone, in the company’s words where it has them', () => {
    const owner: Rep = { ...ann, language: 'en', timeZone: 'Europe/Berlin' };
    const [message] = tell(leadAssigned(about({ owner }))[0]);
    expect(message?.text).toContain('Please call and log it by 11-23 03:00 GMT+1.');
    expect(message?.details).toContain('Talk track: Hello 王芳, this is Ann.');
    const rules = noticeRules.parse({
      admins: ['wecom'],
      templates: { en: { 'lead-assigned': { title: 'Go', text: 'Go for {name} at {company}' } } },
    });
    expect(tell(leadAssigned(about({ owner }))[0], rules)[0]?.text).toBe('Go for 王芳 at —');
  });

  it('names the customer to a supervisor, and only the lead to the admins’ group', () => {
    const [toGroup] = tell(leadOverdue(about())[0]);
    expect(toGroup).toMatchObject({ channel: 'wecom', to: ADMINS });
    expect(toGroup?.text).not.toContain('王芳');
    expect(toGroup?.text).toContain(lead.leadId);
    const [toSupervisor] = tell(leadOverdue(about({ supervisor: { ...ann, repId: 'sue' } }))[0]);
    expect(toSupervisor?.text).toContain('王芳');
  });

  it('about a customer goes to nobody who left or is leaving, whoever meant to tell them', () => {
    const to = (status: Rep['status']) => tell(leadAssigned(about({ owner: { ...ann, status } }))[0]).length;
    expect([to('active'), to('on-leave'), to('leaving'), to('left')]).toEqual([2, 2, 0, 0]);
    const leaving: Rep = { ...ann, status: 'leaving' };
    expect(tell(cardsPublished([leaving], { period: '2026-Q4', revision: 1, until: '2027-01-10' })[0])).toHaveLength(2);
  });

  it('tells the admins of a lead that could not be placed in how many attempts, if any were made', () => {
    const english = noticeRules.parse({ admins: ['wecom'], language: 'en' });
    const said = (attempts: number, rules?: NoticeRules) =>
      tell(assignmentFailed('lead', 'dependency', attempts)[0], rules)[0]?.text;
    expect(tell(assignmentFailed('lead', 'owner-left', 0)[0])[0]?.text).toContain(
      '线索 lead 主管尚未指定新的负责人,原因',
    );
    expect(said(3)).toContain('线索 lead 连续 3 次分配失败,原因');
    expect(said(0)).toContain('线索 lead 未能分配,原因');
    expect(said(3, english)).toContain('Lead lead could not be assigned in 3 attempts, cause');
    expect(said(0, english)).toContain('Lead lead could not be assigned, cause');
  });

  it('waits while its reader’s own hours are quiet, unless it is the first of a new lead to its owner', () => {
    const rules = noticeRules.parse({ admins: ['wecom'], quietHours: { from: '07:00', to: '09:00' } });
    const overdue = (supervisor: Rep) => tell(leadOverdue(about({ supervisor }))[0], rules)[0]?.quietUntil;
    expect(overdue(ann)).toBe('2026-11-23T01:00:00.000Z');
    expect(overdue({ ...ann, quietHours: { from: '22:00', to: '06:00' } })).toBeUndefined();
    expect(tell(leadAssigned(about())[0], rules)[0]?.quietUntil).toBeUndefined();
    expect(tell(leadOverdue(about())[0], rules)[0]?.quietUntil).toBeUndefined();
  });

  it('reaches somebody without a phone or app by what they have', () => {
    const rules = noticeRules.parse({ admins: ['wecom'], staff: { first: ['sms'], instead: ['wecom-app', 'email'] } });
    const { email, ...rest } = ann;
    const messages = tell(leadAssigned(about({ owner: { ...rest, channels: { wecomUserId: 'W' } } }))[0], rules);
    expect(messages).toMatchObject([{ channel: 'wecom-app', to: 'W', instead: [] }]);
  });
});
