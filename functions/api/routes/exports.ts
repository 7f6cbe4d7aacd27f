import * as z from 'zod';
import { attribute } from '../../../shared/attribution/attribute.ts';
import { platforms } from '../../../shared/attribution/platforms/index.ts';
import { notedBetween } from '../../../shared/attribution/store.ts';
import { current, load } from '../../../shared/config/store.ts';
import { after, iso } from '../../../shared/platform/clock.ts';
import { invalid } from '../../../shared/platform/problem.ts';
import { beginning, ending, route } from '../route.ts';

const DAY = 24 * 3600 * 1000;
const WEEK = 7 * DAY;
const LONGEST = 31 * DAY;

/** What the clicks that ad platforms were paid for have led to. */
export const exportConversions = route({
  method: 'GET',
  path: '/exports/conversions',
  summary:
    'The conversions learned of from … to (the last week unless told, at most 31 days) that a platform’s clicks led to, as it takes them back',
  roles: ['admin'],
  query: z.object({ platform: z.enum([...platforms.keys()]), from: beginning.optional(), to: ending.optional() }),
  answers: { 200: z.unknown() },
  types: [...new Set([...platforms.values()].map(({ type }) => type))],
  handle: async ({ query, table, now }) => {
    const platform = platforms.get(query.platform);
    if (!platform) throw invalid('platform', 'unknown platform');
    const to = query.to ?? after(now(), 1);
    const from = query.from ?? after(to, -WEEK);
    if (from >= to) throw invalid('from', 'must be before to');
    if (to.getTime() - from.getTime() > LONGEST) throw invalid('from', 'at most 31 days at once');
    const { conversions: version } = await current(table);
    const rules = await load(table, 'conversions', version);
    const { conversions, withheld } = attribute(platform, await notedBetween(table, from, to), rules);
    const file = `${platform.name}-${iso(from).slice(0, 10)}-${iso(after(to, -1)).slice(0, 10)}`;
    return {
      status: 200,
      raw: { type: platform.type, body: platform.write(conversions) },
      headers: {
        'content-disposition': `attachment; filename="${file}.${platform.type === 'text/csv' ? 'csv' : 'json'}"`,
        'x-conversions': String(conversions.length),
        'x-withheld': String(withheld),
      },
    };
  },
});
