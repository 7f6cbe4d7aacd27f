import { current, load } from '../../shared/config/store.ts';
import type { Held } from '../../shared/org/push/review/store.ts';
import { type Applied, takePush } from '../../shared/org/push/store.ts';
import { turnTheDay } from '../../shared/org/staff/store.ts';
import { now } from '../../shared/platform/clock.ts';
import { type Call, httpStep } from '../../shared/platform/http-step.ts';
import { log } from '../../shared/platform/log.ts';
import { Problem, wrongKey } from '../../shared/platform/problem.ts';
import { readSecret, sameKey, sourceKey } from '../../shared/platform/secrets.ts';
import { table } from '../../shared/platform/table.ts';
import { byTrigger, scheduleStep } from '../../shared/platform/triggers.ts';
import { companyZone } from '../../shared/platform/zone.ts';
import { takeDropped } from './inbox.ts';
import { alertIfMissing } from './missing.ts';
import { pullRoster } from './pull.ts';
import { type Roster, readRoster } from './pushed.ts';

/** HR's word about the staff → the roster; whoever leaves is frozen at once. What would freeze too many waits for an admin. */
export const handler = byTrigger({
  /** `POST /hr/employees`: a roster, pushed as JSON or CSV. */
  http: httpStep(async (call) => {
    await mustShowKey(call);
    const body = await take(sent(call));
    return { status: body.applied ? 200 : 202, body };
  }),

  /** Nightly: who comes back by the calendar, and the roster pulled or dropped. In the morning: did one come? */
  schedule: scheduleStep(async ({ schedule }) => {
    if (schedule === 'hr-roster-check') return alertIfMissing(table(), await readSecret(), now());
    // Each for itself: an endpoint that is down keeps nobody on leave, and no file waiting.
    const done = await Promise.allSettled([turnTheDay(table(), now, companyZone()), pull(), takeDropped(take, now)]);
    const failed = done.find((each) => each.status === 'rejected');
    if (failed) throw failed.reason;
  }),
});

/** HR's key, or that for SCIM, in either header. @throws Problem 401 when it is neither */
async function mustShowKey({ headers }: Call): Promise<void> {
  const [, bearer] = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '') ?? [];
  const shown = headers['x-api-key'] ?? bearer ?? '';
  const secret = await readSecret();
  if (!['hr', 'scim'].some((source) => sameKey(shown, sourceKey(secret, source)))) throw wrongKey();
}

async function pull(): Promise<void> {
  const roster = await pullRoster(await readSecret());
  if (roster) await take(roster);
}

/** A pushed roster: JSON unless it says to be CSV. */
function sent({ headers, query, body }: Call): Roster {
  const [type = ''] = (headers['content-type'] ?? 'application/json').toLowerCase().split(';');
  const csv = type.trim() === 'text/csv';
  if (!csv && !/^application\/([\w.-]+\+)?json$/.test(type.trim()))
    throw new Problem(415, 'send application/json or text/csv', [
      { path: 'content-type', message: 'neither JSON nor CSV' },
    ]);
  // The plus of an offset is a blank where nobody escaped it.
  return { bytes: body, csv, mode: query.mode, asOf: query.asOf?.replace(/ (?=\d\d:\d\d$)/, '+') };
}

async function take(roster: Roster): Promise<Applied | Held> {
  const { hr } = await current(table());
  const done = await takePush(table(), readRoster(roster, await load(table(), 'hr', hr)), now);
  if (done.applied) log.info('roster applied', { step: 'hr-sync', count: done.changed.length });
  else log.warn('roster held', { step: 'hr-sync', count: done.review.wouldFreeze });
  return done;
}
