import type { Form } from '../../shared/lead/form.ts';
import { gradeOf, type Lead } from '../../shared/lead/lead.ts';
import type { NoticeRules } from '../../shared/notice/rules.ts';
import type { HandoverRecord } from '../../shared/org/handover/store.ts';
import type { Rep } from '../../shared/org/rep.ts';
import type { Message, MessageKind } from './message.ts';

/** Where alerts for the admins go. */
export const ADMINS = 'admins';

/** What a message is made of. */
export interface Subject {
  lead: Lead;
  form: Form;
  owner: Rep | undefined;
  supervisor: Rep | undefined;
}

/** What a summary of a hand-over is made of. */
export interface HandedOver {
  rep: Rep;
  supervisor: Rep | undefined;
  record: HandoverRecord;
}

/** Push and, where a phone is known, SMS to one person. */
export function toPerson(rep: Rep, message: Omit<Message, 'channel' | 'to'>): Message[] {
  const { phone } = rep.channels;
  return [
    { ...message, channel: 'push', to: rep.repId },
    ...(phone === undefined ? [] : [{ ...message, channel: 'sms' as const, to: phone }]),
  ];
}

/** What goes to the admins, by each of the channels that the rules name for them. */
export const forAdmins = (messages: readonly Message[], { admins }: NoticeRules): Message[] =>
  messages.flatMap((message) =>
    message.to === ADMINS ? admins.map((channel) => ({ ...message, channel })) : [message],
  );

export const toAdmins = (message: Omit<Message, 'channel' | 'to'>): Message => ({
  ...message,
  channel: 'wecom',
  to: ADMINS,
});

const who = ({ lead, form }: Subject): string =>
  [`${gradeOf(lead)}级`, form.company?.name, form.contact.name].filter(Boolean).join(' ');

const reach = ({ form: { contact } }: Subject): string =>
  contact.phone ?? contact.email ?? (contact.wechat === undefined ? '' : `微信 ${contact.wechat}`);

const about = (kind: MessageKind, leadId: string, title: string, text: string) => ({ kind, leadId, title, text });

/** To the new owner: who it is, how to reach them, by when. */
export function leadAssigned(subject: Subject): Message[] {
  if (!subject.owner) return [];
  const { leadId, sla } = subject.lead;
  const text = `新线索 ${who(subject)},电话 ${reach(subject)}。请在 ${clock(sla.supervisorDueAt)} 前联系客户并登记。`;
  return toPerson(subject.owner, about('lead-assigned', leadId, '新线索', text));
}

/** To the owner again: the customer still waits. */
export function leadReminded(subject: Subject): Message[] {
  if (!subject.owner) return [];
  const { leadId, sla } = subject.lead;
  const text = `线索 ${who(subject)} 仍未联系,${clock(sla.supervisorDueAt)} 将通知主管。请尽快联系并登记。`;
  return toPerson(subject.owner, about('lead-reminder', leadId, '线索待联系', text));
}

/** To the owner's supervisor, or the admins where there is none: nobody called within the first deadline. */
export function leadOverdue(subject: Subject): Message[] {
  const { leadId, sla } = subject.lead;
  const holder = subject.owner ? `负责人 ${subject.owner.name}` : '尚未分配';
  const text = `线索 ${who(subject)} 自 ${clock(sla.receivedAt)} 起无人联系(${holder})。`;
  const message = about('lead-overdue', leadId, '线索超时未联系', text);
  return subject.supervisor ? toPerson(subject.supervisor, message) : [toAdmins(message)];
}

/** The exception report: to the admins' group, and to the supervisor. Names no customer: a group reads it. */
export function leadMissed(subject: Subject): Message[] {
  const { leadId, sla } = subject.lead;
  const holder = subject.owner ? `负责人 ${subject.owner.name}(${subject.owner.repId})` : '尚未分配';
  const text = `线索 ${leadId} ${gradeOf(subject.lead)}级 自 ${clock(sla.receivedAt)} 起无人联系,${holder}。已列入异常报告。`;
  const message = about('lead-missed', leadId, '异常报告:线索未跟进', text);
  return [toAdmins(message), ...(subject.supervisor ? toPerson(subject.supervisor, message) : [])];
}

const WHY: Readonly<Record<string, string>> = {
  'owner-left': '已离职',
  'owner-leaving': '正在离职',
  'owner-on-leave': '长期休假',
  'territory-lost': '不再负责该区域',
};

/** As many leads as a message names. */
const NAMED = 10;

/** To the supervisor of whose leads were handed over, or the admins where there is none: one summary of all of them. */
export function leadsHandedOver({ rep, supervisor, record }: HandedOver): Message[] {
  const grades = ['A', 'B', 'C'].map((grade) => `${grade}级 ${record.released[grade] ?? 0}`).join('、');
  const given = Object.values(record.released).reduce((sum, count) => sum + count, 0);
  const asked = record.asked.length;
  const named = [...record.asked.slice(0, NAMED), ...(asked > NAMED ? ['…'] : [])].join(' ');
  const text = [
    `${rep.name}(${rep.repId})${WHY[record.reason] ?? record.reason},${given} 条线索正重新分配(${grades})。`,
    ...(asked > 0 ? [`另有 ${asked} 条请您指定新的负责人:${named}。`] : []),
  ].join('');
  const message = { kind: 'leads-handed-over' as const, title: '线索已交接', text };
  return supervisor ? toPerson(supervisor, message) : [toAdmins(message)];
}

/** To the admins: the system could not place a lead. */
export const assignmentFailed = (leadId: string, cause: string, attempts: number): Message[] => [
  toAdmins(
    about(
      'assignment-failed',
      leadId,
      '线索分配失败,已转人工',
      `线索 ${leadId} 连续 ${attempts} 次分配失败,原因 <font color="warning">${cause}</font>,已转交人工处理组。`,
    ),
  ),
];

/** To the admins, once: many leads fail for one cause, and wait for people until it is overcome. */
export const breakerOpened = (cause: string, failures: number): Message[] => [
  toAdmins({
    kind: 'breaker-opened',
    title: '分配熔断已打开',
    text: `已有 ${failures} 条线索因 <font color="warning">${cause}</font> 分配失败,熔断已打开。后续同因线索直接转人工处理组,不再逐条告警;系统会定期试派,恢复后自动关闭。`,
  }),
];

/** To the admins: the cause is overcome. */
export const breakerClosed = (cause: string, by: string): Message[] => [
  toAdmins({
    kind: 'breaker-closed',
    title: '分配熔断已关闭',
    text: `${cause} 的熔断已关闭(${by === 'trial' ? '试派成功' : by}),暂存的线索正重新分配。`,
  }),
];

/** To the admins: HR would freeze many at once, and it was not done. */
export const hrHeld = (reviewId: string, wouldFreeze: number): Message[] => [
  toAdmins({
    kind: 'hr-held',
    title: '人事推送已暂缓',
    text: `人事推送将冻结 <font color="warning">${wouldFreeze}</font> 人,已整体暂缓,未作任何改动。请在 24 小时内批准或丢弃:${reviewId}。`,
  }),
];

/** To the admins: HR sent no roster this night. */
export const rosterMissing = (last: string | undefined): Message[] => [
  toAdmins({
    kind: 'hr-roster-missing',
    title: '今晨未收到人事名单',
    text: `昨夜没有收到完整的人事名单${last === undefined ? '' : `,上一份收到于 ${clock(last)}`}。请检查人事系统的推送。`,
  }),
];

/** To the admins: leads of which nobody can say where they are. */
export const leadsUnaccounted = (difference: number, leadIds: readonly string[]): Message[] => [
  toAdmins({
    kind: 'leads-unaccounted',
    title: '线索对账不平',
    text: `有 <font color="warning">${difference}</font> 条线索去向不明:${leadIds.slice(0, NAMED).join(' ')}${leadIds.length > NAMED ? ' …' : ''}。`,
  }),
];

/** To the admins: the calendar ends. */
export const holidaysUnknown = (year: number): Message[] => [
  toAdmins({
    kind: 'holidays-unknown',
    title: '节假日数据缺失',
    text: `系统没有 ${year} 年起的节假日与调休数据,时限将按普通工作日计算。请升级 chinese-days 后重新部署。`,
  }),
];

/** To the admins: something came that could not be understood. */
export const messageQuarantined = (quarantineId: string, step: string, reason: string): Message[] => [
  toAdmins({
    kind: 'message-quarantined',
    title: '消息已隔离',
    text: `步骤 ${step} 收到无法处理的消息 ${quarantineId}:${reason}。`,
  }),
];

/** Hours and minutes with the zone said, as every reader's device may be elsewhere. */
const clock = (at: string): string => `${at.slice(5, 16).replace('T', ' ')} UTC`;
