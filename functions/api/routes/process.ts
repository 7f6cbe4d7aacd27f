import * as z from 'zod';
import { current, load } from '../../../shared/config/store.ts';
import { type HealthRow, healthOf, type Targets } from '../../../shared/journey/health/health.ts';
import { type DeedOf, deedsBetween, healthBetween } from '../../../shared/journey/health/store.ts';
import { codeOf } from '../../../shared/journey/lost.ts';
import { cycleTargetHours, targetHours } from '../../../shared/journey/rules.ts';
import { after, iso } from '../../../shared/platform/clock.ts';
import { invalid } from '../../../shared/platform/problem.ts';
import type { Table } from '../../../shared/platform/table.ts';
import { teamShown } from '../access.ts';
import { dayIn, id, paging, route } from '../route.ts';
import { time } from '../views.ts';

const DAY = 24 * 3600 * 1000;
const LONGEST = 366 * DAY;
/** The day of a moment (`2026-11-23`). */
export const dayOf = (text: string): string => new Date(text).toISOString().slice(0, 10);

const share = z.number().nullable();
const hours = z.number().nullable();

/** How the process is doing, as people see it. */
export const health = z.object({
  stages: z.array(
    z.object({
      stage: z.string(),
      left: z.number(),
      meanHours: hours,
      medianHours: hours,
      targetHours: hours,
      withinTarget: share,
      conversion: share,
    }),
  ),
  cycle: z.object({
    deals: z.number(),
    meanHours: hours,
    medianHours: hours,
    targetHours: hours,
    withinTarget: share,
  }),
  lostReasons: z.array(z.object({ reason: z.string(), deals: z.number() })),
  contacts: z.object({
    logged: z.number(),
    ineffective: z.number(),
    ineffectiveShare: share,
    perClosedDeal: z.number().nullable(),
  }),
});

/** The targets in force of a product line, or of all that have none of their own; and the reasons lost. */
export async function targetsNow(table: Table, productLine?: string): Promise<Required<Targets>> {
  const rules = await load(table, 'journey', (await current(table)).journey);
  return {
    stage: (name) => targetHours(rules, name, productLine),
    cycle: cycleTargetHours(rules, productLine),
    lostReason: (said) => codeOf(rules.lostReasons, said),
  };
}

const by = z.enum(['team', 'rep', 'product', 'source']);
const fieldOf = (row: HealthRow, of: z.infer<typeof by>): string =>
  ({ team: row.teamId, rep: row.repId, product: row.productLine, source: row.source })[of];

const narrowed = {
  from: dayIn.optional(),
  to: dayIn.optional(),
  teamId: id.optional(),
  repId: id.optional(),
  productLine: z.string().min(1).max(120).optional(),
  source: z.string().min(1).max(60).optional(),
};
type Narrowed = z.infer<z.ZodObject<typeof narrowed>>;

/** The days that are asked for, the last 31 unless told. @throws Problem 400 naming `from` */
function spanOf({ from: first, to: last }: Pick<Narrowed, 'from' | 'to'>, now: Date) {
  const to = last ?? dayOf(iso(now));
  const from = first ?? dayOf(iso(after(new Date(to), -30 * DAY)));
  const length = Date.parse(to) - Date.parse(from) + DAY;
  if (from > to) throw invalid('from', 'must be before to');
  if (length > LONGEST) throw invalid('from', 'at most a year at once');
  return { from, to, length, until: dayOf(iso(after(new Date(to), DAY))) };
}

type Dimensions = Pick<HealthRow, 'teamId' | 'repId' | 'productLine' | 'source'>;
const isAskedFor =
  (query: Narrowed, teamId: string | undefined) =>
  (row: Dimensions): boolean =>
    (teamId === undefined || row.teamId === teamId) &&
    (query.repId === undefined || row.repId === query.repId) &&
    (query.productLine === undefined || row.productLine === query.productLine) &&
    (query.source === undefined || row.source === query.source);

/** How the process is doing. */
const getProcessHealth = route({
  method: 'GET',
  path: '/reports/process-health',
  summary:
    'Time in each stage against its target, conversion from stage to stage, reasons lost, contacts; of moves and contacts on the days from … to (the last 31 unless told), and of as many days before; by team, rep, product or source if asked',
  roles: ['admin', 'supervisor'],
  query: z.object({ ...narrowed, by: by.optional() }),
  answers: {
    200: health.extend({
      from: z.string(),
      to: z.string(),
      before: health,
      groups: z.record(z.string(), health).optional(),
    }),
  },
  handle: async ({ query, person, table, now }) => {
    const { from, to, length, until } = spanOf(query, now());
    const earlier = dayOf(iso(after(new Date(from), -length)));
    const [all, targets] = await Promise.all([
      healthBetween(table, earlier, until),
      targetsNow(table, query.productLine),
    ]);
    const counted = all.filter(isAskedFor(query, teamShown(person, query.teamId)));
    const rows = counted.filter((row) => row.day >= from);
    const groups = query.by && Object.groupBy(rows, (row) => fieldOf(row, query.by ?? 'team'));
    return {
      status: 200,
      body: {
        from,
        to,
        ...healthOf(rows, targets),
        before: healthOf(
          counted.filter((row) => row.day < from),
          targets,
        ),
        ...(groups
          ? {
              groups: Object.fromEntries(
                await Promise.all(
                  Object.entries(groups).map(async ([name, some = []]) => [
                    name,
                    healthOf(some, query.by === 'product' ? await targetsNow(table, name) : targets),
                  ]),
                ),
              ),
            }
          : {}),
      },
    };
  },
});

const figure = z.enum(['moves', 'onward', 'lost', 'won', 'contacts', 'ineffective']);

const isBehind: Readonly<Record<z.infer<typeof figure>, (deed: DeedOf) => boolean>> = {
  moves: ({ kind }) => kind === 'move',
  onward: (deed) => deed.kind === 'move' && deed.to !== 'lost',
  lost: (deed) => deed.kind === 'move' && deed.to === 'lost',
  won: (deed) => deed.kind === 'move' && deed.cycle !== undefined,
  contacts: (deed) => deed.kind === 'contact' && !deed.retracted,
  ineffective: (deed) => deed.kind === 'contact' && !deed.retracted && deed.ineffective,
};

/** Lost for a reason: by its code, or as it was said. */
function isLostFor(deed: DeedOf, reason: string, codeFor: (said: string) => string): boolean {
  if (deed.kind !== 'move' || deed.lostReason === undefined) return false;
  return codeFor(deed.lostCode ?? deed.lostReason) === reason || deed.lostReason.startsWith(reason);
}

const keyOf = (deed: DeedOf): string => `${deed.at}#${deed.leadId}`;

/** The deals behind a figure. */
const getProcessDeals = route({
  method: 'GET',
  path: '/reports/process-health/deals',
  summary:
    'The very moves and contacts behind a figure of the process health, the newest first: of a stage, if asked; each with its lead',
  roles: ['admin', 'supervisor'],
  query: z.object({
    ...narrowed,
    figure,
    stage: z.string().min(1).max(60).optional(),
    reason: z.string().min(1).max(500).optional(),
    ...paging,
  }),
  answers: {
    200: z.object({
      items: z.array(
        z.object({
          at: time,
          leadId: z.string(),
          teamId: z.string(),
          repId: z.string(),
          productLine: z.string(),
          source: z.string(),
          stage: z.string(),
          to: z.string().optional(),
          hours: z.number().optional(),
          cycleHours: z.number().optional(),
          lostReason: z.string().optional(),
          lostCode: z.string().optional(),
          interactionId: z.string().optional(),
        }),
      ),
      nextCursor: z.string().optional(),
    }),
  },
  handle: async ({ query, person, table, now }) => {
    const { from, until } = spanOf(query, now());
    const teamId = teamShown(person, query.teamId);
    const teams =
      teamId === undefined
        ? [...new Set((await healthBetween(table, from, until)).map((row) => row.teamId))]
        : [teamId];
    const found = await Promise.all(teams.map((team) => deedsBetween(table, team, from, until)));
    const asked = isAskedFor(query, teamId);
    const { lostReason } = await targetsNow(table);
    const behind = found
      .flat()
      .filter(
        (deed) =>
          asked(deed) &&
          isBehind[query.figure](deed) &&
          (query.stage === undefined || deed.stage === query.stage) &&
          (query.reason === undefined || isLostFor(deed, query.reason, lostReason)) &&
          (query.cursor === undefined || keyOf(deed) < query.cursor),
      )
      .sort((a, b) => (keyOf(a) > keyOf(b) ? -1 : 1));
    const items = behind.slice(0, query.limit);
    const last = items.at(-1);
    return {
      status: 200,
      body: {
        items: items.map(shown),
        ...(behind.length > items.length && last ? { nextCursor: keyOf(last) } : {}),
      },
    };
  },
});

const inHours = (ms: number): number => Math.round(ms / 36_000) / 100;

function shown(deed: DeedOf) {
  const { at, leadId, teamId, repId, productLine, source, stage } = deed;
  const of = { at, leadId, teamId, repId, productLine, source, stage };
  if (deed.kind === 'contact') return { ...of, interactionId: deed.interactionId };
  const { to, stayed, cycle, lostReason, lostCode } = deed;
  return {
    ...of,
    to,
    hours: inHours(stayed),
    ...(cycle === undefined ? {} : { cycleHours: inHours(cycle) }),
    ...(lostReason === undefined ? {} : { lostReason }),
    ...(lostCode === undefined ? {} : { lostCode }),
  };
}

/** How the process is doing, and what each figure stands for. */
export const processRoutes = [getProcessHealth, getProcessDeals] as const;
