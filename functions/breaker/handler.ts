import { AssignmentFailed } from '../../events/assignment-failed.ts';
import { BreakerClosed } from '../../events/breaker-closed.ts';
import { BreakerTried } from '../../events/breaker-tried.ts';
import { LeadSentToManual } from '../../events/lead-sent-to-manual.ts';
import { breakingCauses, countFailure, noteTried, openCauses } from '../../shared/breaker/store.ts';
import { now } from '../../shared/platform/clock.ts';
import { queueStep } from '../../shared/platform/queue-step.ts';
import { table } from '../../shared/platform/table.ts';
import { byTrigger, scheduleStep } from '../../shared/platform/triggers.ts';
import { rulesNow } from '../../shared/routing/facts/store.ts';
import { freeAll, freeIfClosed, holdToo, tryOut } from './held.ts';

/** Many leads failing for one cause → its breaker opens (BreakerOpened); a trial lead closes it again, and all held leads go on. */
export const handler = byTrigger({
  queue: queueStep(
    [AssignmentFailed, LeadSentToManual, BreakerTried, BreakerClosed],
    async ({ type, detail }, { table, now }) => {
      const { rules } = await rulesNow(table);
      const { cause } = detail;
      if (type === 'BreakerClosed') return freeAll(table, cause, now);
      if (type === 'BreakerTried') return void (await noteTried(table, cause, detail, rules.breaker, now()));
      if (type === 'LeadSentToManual' && detail.held) await freeIfClosed(table, cause, detail.leadId, now);
      // Of leads that failed at every try without an attempt the manual group is told only.
      if (type === 'LeadSentToManual' && cause !== 'dependency') return;
      if (!breakingCauses.some((each) => each === cause)) return;
      const failure = { leadId: detail.leadId, at: detail.at };
      const { state, recent } = await countFailure(table, cause, failure, rules.breaker, now());
      // No attempt of theirs saw the breaker open.
      if (cause === 'dependency' && state !== 'closed') await holdToo(table, cause, recent, now);
    },
  ),

  /** Every five minutes: open breakers whose time it is are tried. */
  schedule: scheduleStep(async () => {
    const open = await openCauses(table());
    if (open.length === 0) return;
    const { rules } = await rulesNow(table());
    for (const cause of open) await tryOut(table(), cause, rules.breaker, now());
  }),
});
