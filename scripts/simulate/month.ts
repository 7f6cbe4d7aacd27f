import { drawn } from '../drawn.ts';
import { type Habit, habitsOf } from './reps.ts';
import { DAY, HOUR, type Minute, NIGHT, SLOT } from './time.ts';

/** Where customers are: a point, and what forms and platforms say of it. */
export interface Place {
  territoryId: string;
  point: { lng: number; lat: number };
  postcode: string;
  province: string;
  city: string;
  district: string;
}

/** Every territory of the demo company once, with a point well inside it. */
export const places: readonly Place[] = [
  {
    territoryId: 'suzhou-sip',
    point: { lng: 120.73, lat: 31.27 },
    postcode: '215123',
    province: '江苏省',
    city: '苏州市',
    district: '苏州工业园区',
  },
  {
    territoryId: 'suzhou-west',
    point: { lng: 120.58, lat: 31.28 },
    postcode: '215004',
    province: '江苏省',
    city: '苏州市',
    district: '姑苏区',
  },
  {
    territoryId: 'shanghai-puxi',
    point: { lng: 121.43, lat: 31.2 },
    postcode: '200030',
    province: '上海市',
    city: '上海市',
    district: '徐汇区',
  },
  {
    territoryId: 'shanghai-pudong',
    point: { lng: 121.56, lat: 31.21 },
    postcode: '200120',
    province: '上海市',
    city: '上海市',
    district: '浦东新区',
  },
];

/** Who posts, how many of a hundred, and what of the customer's place they say if they say it. */
export const sources = {
  web: { share: 34, says: 'point' },
  form: { share: 14, says: 'postcode' },
  'google-ads': { share: 9, says: 'postcode' },
  meta: { share: 6, says: 'city' },
  linkedin: { share: 4, says: 'city' },
  tiktok: { share: 4, says: 'city' },
  'ocean-engine': { share: 8, says: 'city' },
  baidu: { share: 6, says: 'city' },
  'tencent-ads': { share: 5, says: 'city' },
  hubspot: { share: 3, says: 'district' },
  standard: { share: 3, says: 'district' },
  import: { share: 4, says: 'district' },
} as const;

/** A source of leads. */
export type SourceName = keyof typeof sources;

/** How exactly a post says where its customer is. */
export type Said = (typeof sources)[SourceName]['says'] | 'nothing';

/** A lead that somebody posts. */
export interface Posted {
  at: Minute;
  /** Whose it is; the same one again is a duplicate as long as the first is open. */
  person: number;
  source: SourceName;
  /** The platform sends it twice. */
  twice: boolean;
  place: Place;
  says: Said;
  /** The postcode that was typed; of elsewhere, or missing, for some. */
  postcode: string | undefined;
  /** By whom the customer wants to be served. */
  wishes: string | undefined;
  /** The first contact is a chat and no call. */
  chats: boolean;
  /** How sure this customer is to buy if called at once, beside others: 0 to 1, drawn. */
  luck: number;
  employees: number;
  siteSeconds: number;
  downloads: number;
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
  overlap: { from: Minute; to: Minute };
  seed: number;
}

/** How the day goes, by the hour: the share of posts. */
const byHour = [1, 1, 0, 0, 0, 1, 2, 4, 8, 12, 13, 10, 7, 9, 12, 12, 10, 8, 6, 6, 7, 7, 4, 2];
const SUNDAY = 0.4;
const BURST = 0.05;
const AGAIN = 0.04;
const TWICE = 0.03;
const WISHES = 0.04;
const CHATS = 0.15;
const MISSING = 0.06;
const OF_ELSEWHERE = 0.08;
/** So many leads a month the eight reps of the demo company are for. */
const USUAL = 1200;

/** How many times the demo company a company with so many leads is: it grows by its root, and each rep has more to do. */
export const timesOf = (leads: number): number => Math.max(1, Math.round(Math.sqrt(leads / USUAL)));

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
  const day = (of30: number): Minute => Math.floor((of30 / 30) * days) * DAY;
  const habits = habitsOf(timesOf(leads), day);
  const names = Object.keys(sources) as SourceName[];
  const pick = (shares: readonly number[]): number => {
    let left = draw() * shares.reduce((sum, share) => sum + share, 0);
    return Math.max(
      0,
      shares.findIndex((share) => {
        left -= share;
        return left < 0;
      }),
    );
  };
  const weights = Array.from({ length: days }, (_, nth) => ((firstDay + nth) % 7 === 0 ? SUNDAY : 1));
  const momentOf = (source: SourceName): Minute => {
    // A fair's list is read in on its evening.
    if (source === 'import') return day(draw() < 0.5 ? 6 : 21) + 17 * HOUR;
    const during = Math.floor(draw() * (HOUR / SLOT)) * SLOT;
    // A campaign mail on one morning.
    if (draw() < BURST) return day(15) + 10 * HOUR + (during % (2 * SLOT));
    return pick(weights) * DAY + pick(byHour) * HOUR + during;
  };
  const somewhere = (): Place => places[Math.floor(draw() * places.length)] as Place;
  const people: Pick<Posted, 'person' | 'place'>[] = [];
  const posted = Array.from({ length: leads }, (_, n): Posted => {
    const known = n > 20 && draw() < AGAIN ? people[Math.floor(draw() * people.length)] : undefined;
    const own = known ?? { person: n, place: somewhere() };
    if (!known) people.push(own);
    const source = names[pick(names.map((name) => sources[name].share))] ?? 'web';
    const typed = draw();
    const wishes = draw() < WISHES ? habits[Math.floor(draw() * habits.length)] : undefined;
    const said = draw() < MISSING ? 'nothing' : sources[source].says;
    return {
      ...own,
      at: momentOf(source),
      source,
      twice: draw() < TWICE,
      says: source === 'web' ? sources.web.says : said,
      postcode: said === 'nothing' ? undefined : (typed < OF_ELSEWHERE ? somewhere() : own.place).postcode,
      wishes: source === 'web' && wishes?.territoryId === own.place.territoryId ? wishes.repId : undefined,
      chats: draw() < CHATS,
      luck: draw(),
      employees: Math.floor(draw() ** 2 * 900),
      siteSeconds: Math.floor(draw() * 600),
      downloads: Math.floor(draw() * 3),
    };
  });
  posted.sort((a, b) => a.at - b.at);
  return {
    days,
    posted,
    habits,
    outage: { from: day(9) + 14 * HOUR, to: day(9) + 16 * HOUR },
    brokenPush: day(19) + NIGHT,
    overlap: { from: day(11) + 10 * HOUR, to: day(11) + 13 * HOUR },
    seed,
  };
}
