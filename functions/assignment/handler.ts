import { LeadReleased } from '../../events/lead-released.ts';
import { LeadScored } from '../../events/lead-scored.ts';
import { isOpen } from '../../shared/breaker/store.ts';
import { waitsUntil } from '../../shared/lead/lead.ts';
import { read } from '../../shared/lead/store.ts';
import { commit, reconsider, sure } from '../../shared/platform/commit.ts';
import { queueStep, TryAgain } from '../../shared/platform/queue-step.ts';
import { factsFor, rulesNow } from '../../shared/routing/facts/store.ts';
import { flips } from '../../shared/routing/flip.ts';
import { noteFull } from '../../shared/routing/room/store.ts';
import { route } from '../../shared/routing/route.ts';
import { shiftFor } from '../../shared/routing/shift.ts';
import { assign, failAttempt, waitForShift } from '../../shared/routing/store.ts';
import { timedFor } from '../../shared/sla/lead-clock.ts';

const servedFirst = { A: 0, B: 1, C: 2 };

/** LeadScored or LeadReleased → one owner, or a recorded failure. Woken by the assignment queue; higher grades first. */
export const handler = queueStep(
  [LeadScored, LeadReleased],
  async ({ detail: { leadId } }, { table, now }) => {
    const retryAfterSeconds = await reconsider(async (how) => {
      const [lead, inForce] = await Promise.all([read(table, leadId, how), rulesNow(table, how)]);
      if (lead?.status !== 'scored') return sure(how); // delivered twice
      const at = now();
      const tooEarly = Date.parse(lead.nextAttemptAt ?? '') - at.getTime();
      // A second delivery is no second attempt; of a lead that waits for a shift, the schedule lets it go on.
      if (tooEarly > 0) return sure(how) ?? (waitsUntil(lead) === undefined ? tooEarly / 1000 : undefined);
      const { rules, sla } = inForce;
      const { inputs, versions, roster } = await factsFor(table, lead, inForce, at);
      const routing = route(inputs);
      const explained = { flip: flips(inputs, routing), versions, inputs };
      if (routing.outcome === 'failed') {
        sure(how);
        const until = shiftFor(inputs);
        if (until !== undefined) {
          const waits = waitForShift(lead, until, { ...routing, basis: 'none', ...explained }, at);
          await commit(table, [...waits, ...noteFull(leadId, inputs, at)]);
          return undefined;
        }
        const open = await isOpen(table, routing.cause);
        const failed = failAttempt(lead, routing.cause, { ...routing, basis: 'none', ...explained }, rules, at, open);
        await commit(table, failed.changes);
        return failed.retryAfterSeconds;
      }
      const { turns, ...answer } = routing;
      const rep = roster.get(routing.repId);
      if (!rep) return undefined;
      const timed = timedFor(lead, rep, sla, at);
      await commit(table, assign(timed, { rep, turns }, { ...answer, ...explained }, rules, at));
      return undefined;
    });
    if (retryAfterSeconds !== undefined) throw new TryAgain(retryAfterSeconds);
  },
  { order: ({ detail }) => servedFirst[detail.grade] },
);
