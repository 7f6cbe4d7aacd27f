import { drawn } from '../drawn.ts';

/** Minutes since the month began. */
export type Minute = number;
export const HOUR = 60;
export const DAY = 24 * HOUR;

/** Where customers are: a point, and what forms and platforms say of it. */
interface Place {
  territoryId: string;
  point: { lng: number; lat: number };
  postcode: string;
  /** As 巨量引擎 writes it. */
  region: string;
}

/** Every territory of the demo company once, with a point well inside it. */
export const places: readonly Place[] = [
  { territoryId: 'suzhou-sip', point: { lng: 120.73, lat: 31.27 }, postcode: '215123', region: '江苏+苏州' },
  { territoryId: 'suzhou-west', point: { lng: 120.58, lat: 31.28 }, postcode: '215004', region: '江苏+苏州' },
  { territoryId: 'shanghai-puxi', point: { lng: 121.43, lat: 31.2 }, postcode: '200030', region: '上海+上海' },
  { territoryId: 'shanghai-pudong', point: { lng: 121.56, lat: 31.21 }, postcode: '200120', region: '上海+上海' },
];

/** Whose territory it is, by the demo company's map. */
export const repsOf: Readonly<Record<string, readonly string[]>> = {
  'suzhou-sip': ['rep-li', 'rep-wang'],
  'suzhou-west': ['rep-zhao', 'rep-chen'],
  'shanghai-puxi': ['rep-zhang', 'rep-liu'],
  'shanghai-pudong': ['rep-yang', 'rep-huang'],
};

export const sources = ['web', 'form', 'google-ads', 'ocean-engine'] as const;

/** A lead that somebody posts. */
export interface Posted {
  at: Minute;
  /** Whose it is; the same one again is a duplicate. */
  person: number;
  source: (typeof sources)[number];
  place: Place;
  /** How sure this customer is to buy if called at once, beside others: 0 to 1, drawn. */
  luck: number;
  /** The postcode that was typed; wrong or missing for some. */
  postcode: string | undefined;
  employees: number;
  siteSeconds: number;
  downloads: number;
}

/** A rep's way of working. */
export interface Habit {
  repId: string;
  /** Half of the calls come within so many minutes of knowing. */
  median: Minute;
  /** From … to … they are away, and what HR calls it. */
  away?: { from: Minute; to: Minute; status: 'on-leave' | 'left' };
}

/** A month of a company's sales, whoever hands out the leads. */
export interface Month {
  days: number;
  posted: Posted[];
  habits: readonly Habit[];
  /** Texting does not work. */
  outage: { from: Minute; to: Minute };
  /** HR's push of this night says that nearly everybody left. */
  brokenPush: Minute;
  /** An admin publishes a map on which two territories overlap. */
  overlap: Minute;
  seed: number;
}

/** Fast and slow ones, one on leave, one who leaves, and a newcomer. */
const habits: readonly Habit[] = [
  { repId: 'rep-li', median: 12 },
  { repId: 'rep-wang', median: 35 },
  { repId: 'rep-zhao', median: 25 },
  { repId: 'rep-chen', median: 50 },
  { repId: 'rep-zhang', median: 20, away: { from: 14 * DAY + 11 * HOUR, to: 400 * DAY, status: 'left' } },
  { repId: 'rep-liu', median: 150 },
  { repId: 'rep-yang', median: 30, away: { from: 8 * DAY, to: 13 * DAY, status: 'on-leave' } },
  { repId: 'rep-huang', median: 70 },
];

/** How the day goes, by the hour: the share of posts. */
const byHour = [1, 1, 0, 0, 0, 1, 2, 4, 8, 12, 13, 10, 7, 9, 12, 12, 10, 8, 6, 6, 7, 7, 4, 2];
const SUNDAY = 0.4;

/** A month drawn from a seed: the same seed gives the same month. `firstDay` is its weekday, 0 for Sunday. */
export function monthOf({
  leads,
  days,
  seed,
  firstDay,
}: {
  leads: number;
  days: number;
  seed: number;
  firstDay: number;
}): Month {
  const draw = drawn(seed);
  const weights = Array.from({ length: days }, (_, day) => ((firstDay + day) % 7 === 0 ? SUNDAY : 1));
  // A campaign mail on one morning.
  const burst = { day: Math.floor(days / 2), share: 0.05 };
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const pick = (shares: readonly number[]): number => {
    let left = draw() * shares.reduce((sum, share) => sum + share, 0);
    return shares.findIndex((share) => {
      left -= share;
      return left < 0;
    });
  };
  const posted: Posted[] = [];
  for (let n = 0; n < leads; n += 1) {
    const inBurst = draw() < burst.share;
    const day = inBurst ? burst.day : pick(weights.map((weight) => weight / total));
    const at =
      day * DAY + (inBurst ? 10 * HOUR + Math.floor(draw() * 10) : pick(byHour) * HOUR + Math.floor(draw() * HOUR));
    const place = places[Math.floor(draw() * places.length)] as Place;
    const typed = draw();
    posted.push({
      at,
      person: n > 20 && draw() < 0.04 ? Math.floor(draw() * n) : n,
      source: sources[pick([6, 1.5, 1.5, 1])] ?? 'web',
      place,
      luck: draw(),
      postcode:
        typed < 0.06
          ? undefined
          : typed < 0.14
            ? (places[Math.floor(draw() * places.length)] as Place).postcode
            : place.postcode,
      employees: Math.floor(draw() ** 2 * 900),
      siteSeconds: Math.floor(draw() * 600),
      downloads: Math.floor(draw() * 3),
    });
  }
  posted.sort((a, b) => a.at - b.at);
  return {
    days,
    posted,
    habits,
    outage: { from: 9 * DAY + 14 * HOUR, to: 9 * DAY + 16 * HOUR },
    brokenPush: 19 * DAY + 2 * HOUR,
    overlap: 11 * DAY + 10 * HOUR,
    seed,
  };
}

/** Whether a rep is at work in the company's books at a minute: not left, not on leave. */
export const isStaff = ({ away }: Habit, at: Minute): boolean => !away || at < away.from || at >= away.to;

const OPENS = 8 * HOUR + 30;
const CLOSES = 20 * HOUR;

/** The next minute at which people work, at or after this one. */
export function atWork(at: Minute): Minute {
  const [day, minute] = [Math.floor(at / DAY), at % DAY];
  if (minute < OPENS) return day * DAY + OPENS;
  return minute < CLOSES ? at : (day + 1) * DAY + OPENS;
}

/** When a rep who learns of a lead calls: some minutes later, some much later, all while people work. Undefined: never by themselves. */
export function callsAt({ median }: Habit, knows: Minute, draw: () => number): Minute | undefined {
  if (draw() < 0.06) return undefined;
  // Half of them within the median; the others trail off.
  const spread = Math.exp(1.1 * Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw()));
  return atWork(atWork(knows) + Math.max(1, Math.round(median * spread)));
}
