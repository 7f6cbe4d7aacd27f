import { announce } from '../../events/contract.ts';
import { RepAway } from '../../events/rep-away.ts';
import { RepFrozen } from '../../events/rep-frozen.ts';
import { RepLostTerritory } from '../../events/rep-lost-territory.ts';
import { RepMoved } from '../../events/rep-moved.ts';
import { TerritoriesPublished } from '../../events/territories-published.ts';
import { whyHandOver } from '../../shared/org/handover/why.ts';
import { announceOf, everybody } from '../../shared/org/store.ts';
import { iso, now } from '../../shared/platform/clock.ts';
import { commitOne } from '../../shared/platform/commit.ts';
import { queueStep } from '../../shared/platform/queue-step.ts';
import { table } from '../../shared/platform/table.ts';
import { byTrigger, scheduleStep } from '../../shared/platform/triggers.ts';
import { rulesNow } from '../../shared/routing/facts/store.ts';
import { repsWhoLost } from '../../shared/territory/lost.ts';
import { propertiesOf } from '../../shared/territory/store.ts';
import { follow } from './follow.ts';
import { handOver, handOverStrays, handOverTerritory } from './hand-over.ts';

/** A day, and time for a night that began late. */
const LOOKED_BACK = 26 * 3600 * 1000;

/**
 * Somebody left, is away for long, or lost a territory → their open leads are assigned anew, or the supervisor is asked. Somebody is in
 * another team → theirs go along.
 */
export const handler = byTrigger({
  queue: queueStep(
    [RepFrozen, RepAway, RepMoved, RepLostTerritory, TerritoriesPublished],
    async ({ type, detail }, { table }) => {
      if (type === 'RepLostTerritory') return handOverTerritory(table, detail, now);
      if (type === 'RepMoved') return follow(table, detail.repId);
      if (type !== 'TerritoriesPublished') return handOver(table, detail.repId, now);
      const { before, version } = detail;
      const lost = repsWhoLost(await propertiesOf(table, before), await propertiesOf(table, version));
      for (const repId of lost) {
        await commitOne(table, announceOf(repId, announce(RepLostTerritory, { repId, before, version }), now()));
      }
    },
  ),

  /** Nightly: whoever must hand over and still holds leads, be it that their leave has become a long one; and strays of a lost territory. */
  schedule: scheduleStep(async () => {
    const { rules } = await rulesNow(table());
    const since = new Date(now().getTime() - LOOKED_BACK);
    for (const rep of await everybody(table())) {
      const reason = whyHandOver(rep, rules.handover.afterLeaveDays, now());
      // The index may not have shown yet whom they had won, when they were asked for.
      const lately = rep.statusSince !== undefined && rep.statusSince >= iso(since);
      if (reason !== undefined && (rep.openLeads > 0 || lately)) await handOver(table(), rep.repId, now);
    }
    await handOverStrays(table(), since, now);
  }),
});
