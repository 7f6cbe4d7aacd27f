import type { Month } from './month.ts';
import { isStaff } from './reps.ts';
import { DAY, NIGHT } from './time.ts';

type Call = (method: string, path: string) => Promise<unknown>;

const A_DAY = 24 * 3600 * 1000;
/** Chains of so many leads are looked at one by one; each day's records, all of them, anyway. */
const LOOKED_AT = 60;

/** What must hold when a month is over, asked of the running system: what does not, one line each. */
export async function checkEnd(
  admin: Call,
  { month, base, leads }: { month: Month; base: number; leads: readonly string[] },
): Promise<string[]> {
  const violations: string[] = [];
  const iso = (at: number) => new Date(at).toISOString();
  const end = base + month.days * A_DAY;
  const { received, difference, leadIds } = (await admin(
    'GET',
    `/reports/reconciliation?from=${iso(base)}&to=${iso(end + A_DAY)}`,
  )) as { received: number; difference: number; leadIds: string[] };
  if (difference !== 0) violations.push(`of ${difference} leads nobody can say where they are: ${leadIds.join(', ')}`);
  if (received !== month.posted.length)
    violations.push(`${month.posted.length} leads were posted, and ${received} are accounted for`);
  for (let at = base; at < end + A_DAY; at += A_DAY) {
    const day = iso(at).slice(0, 10);
    const { intact, firstBroken } = (await admin('GET', `/audit/verify?day=${day}`)) as {
      intact: boolean;
      firstBroken?: string;
    };
    if (!intact) violations.push(`the records of ${day} were changed: ${firstBroken}`);
  }
  for (const leadId of leads.filter((_, n) => n % Math.ceil(leads.length / LOOKED_AT) === 0)) {
    const { intact } = (await admin('GET', `/audit/verify?leadId=${leadId}`)) as { intact: boolean };
    if (!intact) violations.push(`the chain of ${leadId} is broken`);
  }
  // HR's last push that was not thrown away.
  const nights = Array.from({ length: month.days }, (_, day) => day * DAY + NIGHT);
  const lastSaid = nights.filter((at) => at !== month.brokenPush).at(-1) ?? -1;
  for (const habit of month.habits) {
    const { openLeads, status } = (await admin('GET', `/reps/${habit.repId}`)) as { openLeads: number; status: string };
    const there = isStaff(habit, lastSaid);
    if (habit.away?.status === 'left' && !there && openLeads > 0)
      violations.push(`${habit.repId} has left, and still has ${openLeads} leads`);
    if ((status === 'active') !== there) violations.push(`${habit.repId} is ${status}`);
  }
  return violations;
}
