import { tasksDueBy } from '../../shared/journey/tasks/store.ts';
import { isClosed } from '../../shared/lead/lead.ts';
import { dueBy, read } from '../../shared/lead/store.ts';
import { announceDue } from '../../shared/notice/waiting/store.ts';
import { iso, now, WHENEVER } from '../../shared/platform/clock.ts';
import { commit, reconsider } from '../../shared/platform/commit.ts';
import { type Table, table } from '../../shared/platform/table.ts';
import { scheduleStep } from '../../shared/platform/triggers.ts';
import { giveUpAsking } from '../../shared/routing/store.ts';
import { overdue, taken } from '../../shared/sla/clock.ts';
import { giveRoom } from './give-room.ts';
import { dueTogether } from './in-turn.ts';
import { type Acted, done, hasShift, letGoOn, take } from './steps.ts';
import { tellOfTask } from './tasks.ts';
import { tryAnew } from './try-anew.ts';

const PAGE = 50;
const TIME_TO_STOP = 3000;

/**
 * Every minute: leads that nobody contacted → LeadReminded (owner), LeadOverdue (supervisor), LeadMissed (exception report), or
 * LeadReleased (somebody else gets it; or the shift has begun for which it waited, or may not be needed any more), as the SLA rules
 * say; a supervisor who was asked does not say who gets a lead → LeadSentToManual; deals that stand still → DealStuck; tasks → TaskReminded, TaskOverdue. And channels for which messages wait → ChannelDue.
 */
export const handler = scheduleStep(async (_, context) => {
  const time = () => context.getRemainingTimeInMillis() > TIME_TO_STOP;
  const tell = (taskId: string) => tellOfTask(table(), taskId, now);
  const ran = await Promise.allSettled([
    announceDue(table(), now()),
    untilDone(
      dueBy,
      (leadId) => escalate(table(), leadId),
      time,
      (due) => dueTogether(table(), due),
    ),
    untilDone(tasksDueBy, tell, time),
    tryAnew(table(), now, time),
    giveRoom(table(), now, time),
  ]);
  // What fails cuts nothing else short.
  const failed = ran.find((each) => each.status === 'rejected');
  if (failed) throw failed.reason;
});

/**
 * Does all that are due, the longest overdue first, while there is time; of a page, what `order` puts together side by side, one
 * group after the other. One that fails keeps no other back.
 * @throws the first failure when all others are done: what failed is due in the next minute, too
 */
async function untilDone(
  dueNow: typeof dueBy,
  act: (id: string) => Promise<Acted>,
  time: () => boolean,
  order: (due: string[]) => Promise<string[][]> = async (due) => [due],
) {
  let more: boolean;
  let failed: PromiseRejectedResult | undefined;
  do {
    const due = await dueNow(table(), now(), PAGE);
    const acted: PromiseSettledResult<Acted>[] = [];
    for (const some of await order(due)) acted.push(...(await Promise.allSettled(some.map(act))));
    const said = acted.map((each) => (each.status === 'fulfilled' ? each.value : 'nothing'));
    // Less than a page was all there is.
    more = said.includes('more') || (due.length >= PAGE && said.includes('done'));
    failed ??= acted.find((each) => each.status === 'rejected');
  } while (more && time());
  if (failed) throw failed.reason;
}

/** Takes the step that is due for one lead, in one transaction with the lead's own record of it. */
const escalate = (from: Table, leadId: string): Promise<Acted> =>
  reconsider(async () => {
    const lead = await read(from, leadId);
    if (lead && hasShift(lead, now())) {
      await commit(from, await letGoOn(from, lead, now()));
      return done(overdue(lead.sla, now()) !== undefined);
    }
    if (lead?.status === 'manual' && (lead.answerBy ?? WHENEVER) <= iso(now())) {
      await commit(from, giveUpAsking(lead, now()));
      return done(overdue(lead.sla, now()) !== undefined);
    }
    const due = lead && !isClosed(lead) ? overdue(lead.sla, now()) : undefined;
    if (!lead || !due) return 'nothing'; // contacted or closed meanwhile, or the index lags
    await commit(from, await take(from, lead, due, now()));
    return done(overdue(taken(lead.sla, due.step), now()) !== undefined);
  });
