import * as z from 'zod';
import { current } from '../../../shared/config/store.ts';
import { anyStatus, list, readForms } from '../../../shared/lead/store.ts';
import { after, iso } from '../../../shared/platform/clock.ts';
import { invalid } from '../../../shared/platform/problem.ts';
import { judgeAgain, type Verdict } from '../../../shared/rubbish/judge.ts';
import { rubbishRules } from '../../../shared/rubbish/rules.ts';
import { type ShareRow, shareOf } from '../../../shared/rubbish/share/share.ts';
import { sharesBetween } from '../../../shared/rubbish/share/store.ts';
import { opened } from '../opened.ts';
import { dayIn, route } from '../route.ts';

const verdicts = ['passed', 'review', 'rejected'] as const satisfies readonly Verdict[];
const verdict = z.enum(verdicts);
const counted = z.object({ passed: z.number(), review: z.number(), rejected: z.number() });

/** A draft of the rules, run over leads that came in. */
export const previewRubbish = route({
  method: 'POST',
  path: '/config/rubbish/preview',
  summary:
    'Which of the newest leads these rules would have treated otherwise, by the signs that were found when they came in; changes nothing',
  roles: ['admin'],
  query: z.object({ leads: z.coerce.number().int().min(1).max(500).default(100) }),
  body: rubbishRules,
  opened: (posted) => opened('rubbish', posted),
  answers: {
    200: z.object({
      leads: z.number(),
      changed: z.array(
        z.object({
          leadId: z.string(),
          from: verdict,
          to: verdict,
          points: z.number(),
          because: z.array(z.string()),
          /** Somebody let it pass by hand. */
          accepted: z.boolean(),
        }),
      ),
      before: counted,
      after: counted,
    }),
  },
  handle: async ({ body, query: { leads: most }, table }) => {
    const version = (await current(table)).rubbish + 1;
    const wasJudged = ({ status }: { status: string }) => status !== 'received' && status !== 'duplicate';
    const { items } = await list(table, anyStatus, wasJudged, most);
    const forms = await readForms(
      table,
      items.map(({ leadId }) => leadId),
    );
    const before = { passed: 0, review: 0, rejected: 0 };
    const afterwards = { passed: 0, review: 0, rejected: 0 };
    const changed = items.flatMap((lead) => {
      const form = forms.get(lead.leadId);
      if (!form) return [];
      const from = lead.rubbish?.verdict ?? 'passed';
      const { verdict: to, points, reasons } = judgeAgain(form, lead.rubbish, body, version);
      before[from] += 1;
      afterwards[to] += 1;
      const because = reasons.filter((reason) => reason.points > 0).map((reason) => reason.because);
      const accepted = lead.acceptedAt !== undefined;
      return from === to ? [] : [{ leadId: lead.leadId, from, to, points, because, accepted }];
    });
    return { status: 200, body: { leads: items.length, changed, before, after: afterwards } };
  },
});

const DAY = 24 * 3600 * 1000;
const MONTH = 31 * DAY;
const LONGEST = 366 * DAY;
const dayOf = (text: string): string => new Date(text).toISOString().slice(0, 10);

const share = z.object({
  leads: z.number(),
  passed: z.number(),
  review: z.number(),
  rejected: z.number(),
  accepted: z.number(),
  rejectedByHand: z.number(),
  share: z.number().nullable(),
});

/** What the ads really bring. */
export const getRubbish = route({
  method: 'GET',
  path: '/reports/rubbish',
  summary:
    'How much of what each source (or campaign of it) brought is rubbish: by the rules, less what people let pass, plus what they rejected; of leads received on the days from … to (the last 31 unless told)',
  roles: ['admin', 'supervisor'],
  query: z.object({
    from: dayIn.optional(),
    to: dayIn.optional(),
    by: z.enum(['source', 'campaign', 'day']).default('source'),
    source: z.string().min(1).max(60).optional(),
  }),
  answers: {
    200: z.object({
      items: z.array(
        share.extend({ source: z.string().optional(), campaign: z.string().optional(), day: z.string().optional() }),
      ),
      total: share,
    }),
  },
  handle: async ({ query, table, now }) => {
    const until = query.to ?? dayOf(iso(now()));
    const from = query.from ?? dayOf(iso(after(new Date(until), -MONTH)));
    if (from > until) throw invalid('from', 'must be before to');
    if (Date.parse(until) - Date.parse(from) > LONGEST) throw invalid('from', 'at most a year at once');
    // The day that is named last is among them.
    const rows = (await sharesBetween(table, from, dayOf(iso(after(new Date(until), DAY))))).filter(
      ({ source }) => query.source === undefined || source === query.source,
    );
    const nameOf = ({ source, campaign, day }: ShareRow) =>
      query.by === 'day' ? { day } : query.by === 'campaign' ? { source, campaign } : { source };
    const groups = Object.values(Object.groupBy(rows, (row) => JSON.stringify(nameOf(row))));
    const items = groups.flatMap((some = []) => some.slice(0, 1).map((row) => ({ ...nameOf(row), ...shareOf(some) })));
    items.sort((a, b) => b.leads - a.leads);
    return { status: 200, body: { items, total: shareOf(rows) } };
  },
});
