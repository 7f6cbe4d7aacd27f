import { type Deal, dealsOf } from '../../shared/journey/agenda/store.ts';
import { mondayOf } from '../../shared/journey/agenda/week.ts';
import { inOrder } from '../../shared/journey/review.ts';
import type { Rep } from '../../shared/org/rep.ts';
import { everybody } from '../../shared/org/store.ts';
import type { Table } from '../../shared/platform/table.ts';
import { messagesFor } from './address.ts';
import type { Speech, Telling } from './compose.ts';
import { deliver } from './deliver.ts';
import { isThere } from './supervisor.ts';
import { surroundings } from './surroundings.ts';

/** So many deals are named; the page has the others. */
const NAMED = 5;

/** What a supervisor is told of a team's week. Names no customer: deals by their owner, stage and reason. */
function reviewOf(to: Rep, teamId: string, found: { open: number; stuck: number; deals: readonly Deal[] }): Telling {
  const listed = inOrder(found.deals.filter(({ flags }) => flags.length > 0));
  const line = ({ repName, stage, daysInStage, flags: [why] }: Deal, { language: { words } }: Speech): string =>
    `${repName} · ${words[`stage-${stage}`] ?? stage} · ${daysInStage} d · ${words[`flag-${why}`] ?? why}`;
  const values = (speech: Speech) => ({
    team: teamId,
    open: String(found.open),
    stuck: String(found.stuck),
    count: String(listed.length),
    lines:
      listed.length === 0
        ? speech.language.words['nothing-to-review']
        : speech.language.lines(listed.slice(0, NAMED).map((deal) => line(deal, speech))),
  });
  return { to, kind: 'weekly-review', page: 'review', values };
}

/** To each team's supervisors, on Monday morning: what to talk about, once a week. */
export async function sendReviews(table: Table, now: () => Date): Promise<void> {
  const at = now();
  const around = await surroundings(table, at);
  const staff = await everybody(table);
  const byId = new Map(staff.map((rep) => [rep.repId, rep]));
  const teams = Object.groupBy(
    staff.filter(({ teamId }) => teamId !== undefined),
    ({ teamId }) => teamId ?? '',
  );
  let failed: unknown;
  for (const [teamId, members = []] of Object.entries(teams)) {
    const managers = new Set(members.flatMap(({ managerId }) => byId.get(managerId ?? '') ?? []));
    const supervisors = [...managers].filter(isThere);
    if (supervisors.length === 0) continue;
    try {
      const found = await dealsOf(table, teamId, at);
      if (found.open === 0) continue;
      const messages = supervisors.flatMap((to) => messagesFor(reviewOf(to, teamId, found), around));
      // Named after the week: a run that comes twice sends nothing twice.
      const eventId = `review-${mondayOf(at, around.zone)}-${teamId}`;
      await deliver(table, eventId, messages, { now, lastTry: true });
    } catch (error) {
      failed ??= error; // one team that fails keeps no other back
    }
  }
  if (failed) throw failed;
}
