import { AssignmentFailed } from '../../events/assignment-failed.ts';
import { BreakerClosed } from '../../events/breaker-closed.ts';
import { BreakerTried } from '../../events/breaker-tried.ts';
import { LeadSentToManual } from '../../events/lead-sent-to-manual.ts';
import { breakingCauses, causesToLookAt, countFailure, noteTried, tellOfStranded } from '../../shared/breaker/store.ts';
import { now } from '../../shared/platform/clock.ts';
import { queueStep } from '../../shared/platform/queue-step.ts';
import { table } from '../../shared/platform/table.ts';
import { byTrigger, scheduleStep } from '../../shared/platform/triggers.ts';
import { rulesNow } from '../../shared/routing/facts/store.ts';
import { freeAll, freeIfClosed, holdToo, tryOut } from './held.ts';

/**
 * Many leads failing for one cause → its breaker opens (BreakerOpened); a trial lead closes it again, and all held leads go on. Of those
 * that a step left before, the admins are told together (LeadsStranded).
 */
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
      const isStranded = type === 'LeadSentToManual' && !detail.held;
      const failure = { leadId: detail.leadId, at: detail.at, isStranded };
      const { state, recent } = await countFailure(table, cause, failure, rules.breaker, now());
      // No attempt of theirs saw the breaker open.
      if (cause === 'dependency' && state !== 'closed') await holdToo(table, cause, recent, now);
    },
  ),

  /** Every five minutes: open breakers whose time it is are tried, and the admins told of leads of which they were not yet. */
  schedule: scheduleStep(async () => {
    const causes = await causesToLookAt(table());
    if (causes.length === 0) return;
    const { rules } = await rulesNow(table());
    for (const cause of causes) {
      await tellOfStranded(table(), cause, now());
      await tryOut(table(), cause, rules.breaker, now());
    }
  }),
});
