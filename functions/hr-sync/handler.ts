import type { Push } from '../../shared/org/push/push.ts';
import type { Held } from '../../shared/org/push/review/store.ts';
import { type Applied, takePush } from '../../shared/org/push/store.ts';
import { now } from '../../shared/platform/clock.ts';
import { httpStep } from '../../shared/platform/http-step.ts';
import { log } from '../../shared/platform/log.ts';
import { wrongKey } from '../../shared/platform/problem.ts';
import { readSecret, sameKey, sourceKey } from '../../shared/platform/secrets.ts';
import { table } from '../../shared/platform/table.ts';
import { byTrigger, scheduleStep } from '../../shared/platform/triggers.ts';
import { pullRoster } from './pull.ts';
import { pushed } from './pushed.ts';

/** HR's word about the staff → the roster; whoever leaves is frozen at once. What would freeze too many waits for an admin. */
export const handler = byTrigger({
  /** `POST /hr/employees`: a roster, pushed as JSON or CSV. */
  http: httpStep(async (call) => {
    const shown = call.headers['x-api-key'] ?? '';
    if (!sameKey(shown, sourceKey(await readSecret(), 'hr'))) throw wrongKey();
    const body = await take(pushed(call));
    return { status: body.applied ? 200 : 202, body };
  }),

  /** Nightly: pulls the roster where an endpoint is configured. */
  schedule: scheduleStep(async () => {
    const push = await pullRoster(await readSecret());
    if (push) await take(push);
  }),
});

async function take(push: Push): Promise<Applied | Held> {
  const done = await takePush(table(), push, now);
  if (done.applied) log.info('roster applied', { step: 'hr-sync', count: done.changed.length });
  else log.warn('roster held', { step: 'hr-sync', count: done.review.wouldFreeze });
  return done;
}
