import { readReps } from '../../shared/org/store.ts';
import { iso } from '../../shared/platform/clock.ts';
import type { Table } from '../../shared/platform/table.ts';
import { exceptionsBetween, type SlaException } from '../../shared/sla/store.ts';
import { forAdmins, toAdmins, toPerson } from './compose.ts';
import { deliver } from './deliver.ts';
import type { Message } from './message.ts';
import { noticeRulesNow } from './rules.ts';

const DAY = 24 * 3600 * 1000;

const WHY: Readonly<Record<NonNullable<SlaException['why']>, string>> = {
  'not-assigned': '未分配',
  'never-seen': '从未查看',
  'seen-not-called': '看过未联系',
  'tried-not-reached': '未能接通',
};

/** Some of the exceptions of a day, counted by what the owner had done. */
function countsOf(exceptions: readonly SlaException[]): string {
  return Object.entries(WHY)
    .flatMap(([why, words]) => {
      const count = exceptions.filter((each) => (each.why ?? 'not-assigned') === why).length;
      return count > 0 ? [`${words} ${count}`] : [];
    })
    .join('、');
}

/** What a supervisor is told of their people's exceptions: by rep, the most first. Names no customer. */
function digest(exceptions: readonly SlaException[], nameOf: (repId: string) => string) {
  const byRep = Object.entries(Object.groupBy(exceptions, ({ repId }) => repId ?? ''))
    .map(([repId, theirs = []]) => ({ repId, theirs }))
    .sort((a, b) => b.theirs.length - a.theirs.length);
  const lines = byRep.map(
    ({ repId, theirs }) => `${repId === '' ? '无负责人' : nameOf(repId)} ${theirs.length} 条(${countsOf(theirs)})`,
  );
  const text = `过去一天有 ${exceptions.length} 条线索超时未跟进:${lines.join(';')}。`;
  return { kind: 'exception-digest' as const, title: '昨日未跟进汇总', text };
}

/** To each supervisor, once a day: who of their people let what lie; to the admins of those without one. */
export async function sendDigests(table: Table, now: () => Date): Promise<void> {
  const at = now();
  const missed = (await exceptionsBetween(table, new Date(at.getTime() - DAY), at)).filter(
    ({ withdrawnBy }) => withdrawnBy === undefined,
  );
  if (missed.length === 0) return;
  const owners = await readReps(table, [...new Set(missed.flatMap(({ repId }) => repId ?? []))]);
  const managerOf = ({ repId }: SlaException): string => owners.get(repId ?? '')?.managerId ?? '';
  const managers = await readReps(table, [...new Set(missed.map(managerOf))].filter(Boolean));
  const messages: Message[] = Object.entries(Object.groupBy(missed, managerOf)).flatMap(([managerId, theirs = []]) => {
    const words = digest(theirs, (repId) => owners.get(repId)?.name ?? repId);
    const manager = managers.get(managerId);
    return manager ? toPerson(manager, words) : [toAdmins(words)];
  });
  // Named after the day: a run that comes twice sends nothing twice.
  const eventId = `digest-${iso(at).slice(0, 10)}`;
  await deliver(table, eventId, forAdmins(messages, await noticeRulesNow(table)), { now, lastTry: true });
}
