import { rosterPush } from '../../shared/org/roster.ts';
import { now } from '../../shared/platform/clock.ts';
import { httpStep, jsonBody } from '../../shared/platform/http-step.ts';
import { log } from '../../shared/platform/log.ts';
import { parseOrRefuse, wrongKey } from '../../shared/platform/problem.ts';
import { readSecret, sameKey, sourceKey } from '../../shared/platform/secrets.ts';
import { table } from '../../shared/platform/table.ts';
import { byTrigger, scheduleStep } from '../../shared/platform/triggers.ts';
import { applyRoster } from './apply.ts';
import { pullRoster } from './pull.ts';

/** HR's word about the staff → the roster; whoever leaves is frozen at once. */
export const handler = byTrigger({
  /** `POST /hr/employees`: a roster, pushed. */
  http: httpStep(async (call) => {
    const shown = call.headers['x-api-key'] ?? '';
    if (!sameKey(shown, sourceKey(await readSecret(), 'hr'))) throw wrongKey();
    const push = parseOrRefuse(rosterPush, jsonBody(call));
    return { status: 200, body: await applyRoster(table(), push.employees, now) };
  }),

  /** Nightly: pulls the roster where an endpoint is configured. */
  schedule: scheduleStep(async () => {
    const rows = await pullRoster(await readSecret());
    if (!rows) return;
    const { changed } = await applyRoster(table(), rows, now);
    log.info('roster pulled', { step: 'hr-sync', count: changed.length });
  }),
});
