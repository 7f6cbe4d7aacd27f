import { isClosed } from '../../shared/lead/lead.ts';
import { dueBy, read } from '../../shared/lead/store.ts';
import { announceDue } from '../../shared/notice/waiting/store.ts';
import { now } from '../../shared/platform/clock.ts';
import { commit, reconsider } from '../../shared/platform/commit.ts';
import { type Table, table } from '../../shared/platform/table.ts';
import { scheduleStep } from '../../shared/platform/triggers.ts';
import { overdue } from '../../shared/sla/clock.ts';
import { take } from './steps.ts';

const PAGE = 50;
const TIME_TO_STOP = 3000;

/**
 * Every minute: leads that nobody contacted → LeadReminded (owner), LeadOverdue (supervisor), LeadMissed (exception report), or
 * LeadReleased (somebody else gets it), as the SLA rules say. And channels for which messages wait → ChannelDue.
 */
export const handler = scheduleStep(async (_, context) => {
  const time = () => context.getRemainingTimeInMillis() > TIME_TO_STOP;
  await Promise.all([announceDue(table(), now()), escalateDue(time)]);
});

/**
 * All that are due, the longest overdue first, while there is time. One lead that fails keeps no other back.
 * @throws the first failure when all others are done: what failed is due in the next minute, too
 */
async function escalateDue(time: () => boolean): Promise<void> {
  let done: number;
  let failed: PromiseRejectedResult | undefined;
  do {
    const due = await dueBy(table(), now(), PAGE);
    const escalated = await Promise.allSettled(due.map((leadId) => escalate(table(), leadId)));
    done = escalated.filter((each) => each.status === 'fulfilled' && each.value).length;
    failed ??= escalated.find((each) => each.status === 'rejected');
  } while (done > 0 && time());
  if (failed) throw failed.reason;
}

/** Takes the step that is due for one lead, in one transaction with the lead's own record of it; says whether it did. */
const escalate = (from: Table, leadId: string): Promise<boolean> =>
  reconsider(async () => {
    const lead = await read(from, leadId);
    const due = lead && !isClosed(lead) ? overdue(lead.sla, now()) : undefined;
    if (!lead || !due) return false; // contacted or closed meanwhile, or the index lags
    await commit(from, await take(from, lead, due, now()));
    return true;
  });
