import { RepFrozen } from '../../events/rep-frozen.ts';
import { isFrozen } from '../../shared/org/rep.ts';
import { rosterPush } from '../../shared/org/roster.ts';
import { everybody } from '../../shared/org/store.ts';
import { now } from '../../shared/platform/clock.ts';
import { httpStep, jsonBody } from '../../shared/platform/http-step.ts';
import { log } from '../../shared/platform/log.ts';
import { parseOrRefuse, wrongKey } from '../../shared/platform/problem.ts';
import { queueStep } from '../../shared/platform/queue-step.ts';
import { readSecret, sameKey, sourceKey } from '../../shared/platform/secrets.ts';
import { table } from '../../shared/platform/table.ts';
import { byTrigger, scheduleStep } from '../../shared/platform/triggers.ts';
import { applyRoster } from './apply.ts';
import { handOver } from './hand-over.ts';
import { pullRoster } from './pull.ts';

/** HR's word about the staff → the roster; whoever leaves is frozen at once and their open leads are assigned anew. */
export const handler = byTrigger({
  /** `POST /hr/employees`: a roster, pushed. */
  http: httpStep(async (call) => {
    const shown = call.headers['x-api-key'] ?? '';
    if (!sameKey(shown, sourceKey(await readSecret(), 'hr'))) throw wrongKey();
    const push = parseOrRefuse(rosterPush, jsonBody(call));
    return { status: 200, body: await applyRoster(table(), push.employees, now) };
  }),

  /** RepFrozen: hands over the open leads of somebody frozen. */
  queue: queueStep([RepFrozen], async ({ detail: { repId } }, context) => handOver(context.table, repId, context.now)),

  /** Nightly: pulls the roster where an endpoint is configured, then hands over whatever somebody frozen still holds. */
  schedule: scheduleStep(async () => {
    const rows = await pullRoster(await readSecret());
    if (rows) {
      const { changed } = await applyRoster(table(), rows, now);
      log.info('roster pulled', { step: 'hr-sync', count: changed.length });
    }
    for (const rep of await everybody(table())) {
      if (isFrozen(rep) && rep.openLeads > 0) await handOver(table(), rep.repId, now);
    }
  }),
});
