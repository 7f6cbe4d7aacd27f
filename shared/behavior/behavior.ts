import * as z from 'zod';

/** As many events a call brings at most. */
export const MOST_AT_ONCE = 100;
/** The newest events of a lead are remembered, so that none counts twice. */
export const REMEMBERED = 500;
/** So many numbers are kept of a lead at most. */
const MOST_COUNTS = 100;
/** As much of what was seen or taken as its number's name tells, in characters. */
const LONGEST_NAME = 40;

/** Something a customer did, as a site or a mailer tells of it. */
const behaviorEvent = z.strictObject({
  /** The sender's own id: the same one counts once. Without one, what says the very same counts once. */
  eventId: z.string().min(1).max(200).optional(),
  /** `page-view`, `download`, `mail-opened` and the like; others count under their own names. */
  type: z
    .string()
    .regex(/^[a-z][a-z0-9]*([-_]?[a-z0-9]+)*$/i, 'letters, digits and hyphens, such as page-view')
    .max(40),
  /** When; now unless told. */
  at: z.iso.datetime({ offset: true }).optional(),
  /** How long a page was looked at. */
  seconds: z.number().min(0).max(86_400).optional(),
  /** Which page, document or mail: a name or a path. */
  what: z.string().max(500).optional(),
});

/** A batch of them, in any order. */
export const behaviorBatch = z.strictObject({ events: z.array(behaviorEvent).min(1).max(MOST_AT_ONCE) });

/** A call's body as a batch: one event may come by itself. */
export const asBatch = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && 'type' in body && !('events' in body) ? { events: [body] } : body;

/** One of them; `key` stands for its id. */
export interface Done {
  key: string;
  type: string;
  /** Milliseconds since 1970. */
  at: number;
  seconds?: number | undefined;
  what?: string | undefined;
}

/** What a customer did since the form: running sums, which say nothing of who they are. */
export interface Behavior {
  /** By the name that rules know (`pageViews`): how much in all, and when last (ms). */
  counts: Record<string, { sum: number; lastAt: number }>;
  /** The newest events: their keys and times (ms). */
  seen: ReadonlyMap<string, number>;
  /** Of events up to here, none that is not among those seen can be told from one that was counted (ms). */
  forgottenTo?: number;
}

/** Nothing was done yet. */
export const nothingDone: Behavior = { counts: {}, seen: new Map() };

/** What became of a batch. */
export interface Added {
  behavior: Behavior;
  counted: number;
  /** Those counted before. */
  repeated: number;
  /** Those too old to be told from such. */
  tooOld: number;
}

const NAMES: Readonly<Record<string, string>> = {
  'page-view': 'pageViews',
  download: 'downloads',
  'mail-opened': 'mailsOpened',
  'email-opened': 'mailsOpened',
  'mail-open': 'mailsOpened',
  'email-open': 'mailsOpened',
  'mail-clicked': 'mailClicks',
  'video-watched': 'videosWatched',
  'webinar-attended': 'webinarsAttended',
  'chat-started': 'chatsStarted',
};

/** `pageView` and `page_view` are `page-view`. */
const plainType = (type: string): string =>
  type
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase();

const inCamelCase = (type: string): string => type.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** The name under which events of this type count. */
function nameOf(given: string): string {
  const type = plainType(given);
  return (Object.hasOwn(NAMES, type) ? NAMES[type] : undefined) ?? inCamelCase(type);
}

/**
 * What was seen or taken, as a part of a number's name: `/Pricing?x=1` is `pricing`. Undefined for what may say who somebody is:
 * addresses of mail, long numbers.
 */
function plainName(what: string | undefined): string | undefined {
  const path = what?.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/[?#].*/su, '') ?? '';
  if (/@|\d{6}/u.test(path)) return undefined;
  const plain = path.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');
  return plain.slice(0, LONGEST_NAME).replace(/^-|-$/g, '') || undefined;
}

function countsOf({ type, seconds, what }: Done): [name: string, by: number][] {
  const name = nameOf(type);
  const plain = plainName(what);
  const counts: [string, number][] = [[name, 1]];
  if (plainType(type) === 'page-view' && seconds) counts.push(['siteSeconds', seconds]);
  if (plain !== undefined) counts.push([`${name}.${plain}`, 1]);
  return counts;
}

/** The newest of them, and up to when the others are forgotten. */
function remembered(
  seen: ReadonlyMap<string, number>,
  forgottenTo: number | undefined,
): Pick<Behavior, 'seen' | 'forgottenTo'> {
  if (seen.size <= REMEMBERED) return { seen, ...(forgottenTo === undefined ? {} : { forgottenTo }) };
  const newestFirst = [...seen].sort(([a, at], [b, bAt]) => bAt - at || (a < b ? -1 : 1));
  const [, last = 0] = newestFirst[REMEMBERED] ?? [];
  return { seen: new Map(newestFirst.slice(0, REMEMBERED)), forgottenTo: Math.max(last, forgottenTo ?? 0) };
}

/** What a customer did with these events added, each once: in whatever order and however often they come, the sums are the same. */
export function add(before: Behavior, events: readonly Done[]): Added {
  const counts = { ...before.counts };
  const seen = new Map(before.seen);
  let [counted, tooOld] = [0, 0];
  for (const event of events) {
    if (seen.has(event.key)) continue;
    if (before.forgottenTo !== undefined && event.at <= before.forgottenTo) {
      tooOld += 1;
      continue;
    }
    seen.set(event.key, event.at);
    counted += 1;
    for (const [name, by] of countsOf(event)) {
      const known = Object.hasOwn(counts, name) ? counts[name] : undefined;
      if (!known && Object.keys(counts).length >= MOST_COUNTS) continue;
      counts[name] = { sum: (known?.sum ?? 0) + by, lastAt: Math.max(known?.lastAt ?? 0, event.at) };
    }
  }
  const behavior = { counts, ...remembered(seen, before.forgottenTo) };
  return { behavior, counted, repeated: events.length - counted - tooOld, tooOld };
}
