import * as z from 'zod';
import { current, load } from '../../../shared/config/store.ts';
import { pastDeal } from '../../../shared/journey/history/deal.ts';
import { takeIn } from '../../../shared/journey/history/store.ts';
import { readRep } from '../../../shared/org/store.ts';
import { iso } from '../../../shared/platform/clock.ts';
import { Conflict, reconsider } from '../../../shared/platform/commit.ts';
import { rulesNow } from '../../../shared/routing/facts/store.ts';
import { route } from '../route.ts';

const MOST = 50;

const latest = ({ receivedAt, entered, lost, firstContactAt }: z.infer<typeof pastDeal>): string =>
  [receivedAt, firstContactAt ?? '', lost?.at ?? '', ...entered.map(({ at }) => at)].sort().at(-1) ?? receivedAt;

/** Takes in deals of the time before. */
export const importHistory = route({
  method: 'POST',
  path: '/history',
  summary:
    'Takes in deals of the time before, with the stages that they entered and when, so that reports and win rates begin with them: each once by its externalId, nobody is told of them; those that are wrong are named, the others taken',
  roles: ['admin'],
  body: z.strictObject({ deals: z.array(z.unknown()).min(1).max(MOST) }),
  answers: {
    200: z.object({
      taken: z.number(),
      known: z.number(),
      items: z.array(z.object({ externalId: z.string(), leadId: z.string() })),
      rejected: z.array(z.object({ index: z.number(), path: z.string(), message: z.string() })),
    }),
  },
  handle: async ({ body, table, now }) => {
    const { sla } = await rulesNow(table);
    const journey = await load(table, 'journey', (await current(table)).journey);
    const items: { externalId: string; leadId: string }[] = [];
    const rejected: { index: number; path: string; message: string }[] = [];
    let taken = 0;
    for (const [index, said] of body.deals.entries()) {
      const refuse = (path: string, message: string) => rejected.push({ index, path, message });
      const parsed = pastDeal.safeParse(said);
      if (!parsed.success) {
        for (const issue of parsed.error.issues) refuse(issue.path.join('.'), issue.message);
        continue;
      }
      const deal = parsed.data;
      if (latest(deal) > iso(now())) {
        refuse('', 'tells of what is yet to come');
        continue;
      }
      try {
        const { leadId, fresh } = await reconsider(async () => {
          const rep = await readRep(table, deal.repId);
          if (!rep) throw new NotOnRoster();
          return takeIn(table, deal, rep, { sla, journey }, now());
        });
        items.push({ externalId: deal.externalId, leadId });
        taken += Number(fresh);
      } catch (error) {
        if (error instanceof NotOnRoster) refuse('repId', `${deal.repId} is not on the roster`);
        else if (error instanceof Conflict)
          refuse('repId', `an open deal needs an active rep with room for it (${error.message})`);
        else throw error;
      }
    }
    return { status: 200, body: { taken, known: items.length - taken, items, rejected } };
  },
});

class NotOnRoster extends Error {
  override readonly name = 'NotOnRoster';
}
