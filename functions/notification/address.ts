import { languages } from '../../shared/notice/languages/index.ts';
import type { Language } from '../../shared/notice/languages/language.ts';
import { quietUntil } from '../../shared/notice/quiet.ts';
import type { NoticeRules, staffChannels } from '../../shared/notice/rules.ts';
import { fill, type Values } from '../../shared/notice/template.ts';
import { localTime } from '../../shared/org/hours.ts';
import { isFrozen, type Rep } from '../../shared/org/rep.ts';
import { iso } from '../../shared/platform/clock.ts';
import { ADMINS, DEAL_SYSTEMS, type Speech, type Telling } from './compose.ts';
import type { Message, Way } from './message.ts';
import { mayKnow } from './untrue.ts';

/** What the words, the channels and the hours of a message depend on beside its recipient. */
export interface Surroundings {
  rules: NoticeRules;
  /** The company's time zone (IANA). */
  zone: string;
  /** Where the console is. */
  console: string;
  at: Date;
}

const namedZones = new Map<string, Intl.DateTimeFormat>();

/** Writes moments with the name of a zone. Made once for each: to make one takes longer than a message. */
function zoneNamed(zone: string): Intl.DateTimeFormat {
  const named = namedZones.get(zone) ?? new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' });
  namedZones.set(zone, named);
  return named;
}

/** A moment on the wall clock of a zone: `11-23 19:31 GMT+8`. */
function clockIn(zone: string): (at: string) => string {
  const named = zoneNamed(zone);
  return (at) => {
    const moment = new Date(at);
    const { day, minutes } = localTime(moment, zone);
    const time = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
    const offset = named.formatToParts(moment).find(({ type }) => type === 'timeZoneName')?.value ?? zone;
    return `${day.slice(5)} ${time} ${offset}`;
  };
}

/** Where a member of staff is reached by each channel; undefined where they are not. */
const addressOf: Readonly<Record<(typeof staffChannels)[number], (rep: Rep) => string | undefined>> = {
  push: ({ repId }) => repId,
  'web-push': ({ repId }) => repId,
  sms: ({ channels }) => channels.phone,
  'sms-aliyun': ({ channels }) => channels.phone,
  'wecom-app': ({ channels }) => channels.wecomUserId,
  email: ({ email }) => email,
};

function waysTo(to: Telling['to'], rules: NoticeRules): { first: Way[]; instead: Way[] } {
  if (to === ADMINS) {
    const ways = (names: NoticeRules['admins']): Way[] =>
      names.map((channel) => ({ channel, to: channel === 'email' ? (rules.adminEmail ?? ADMINS) : ADMINS }));
    return { first: ways(rules.admins), instead: ways(rules.adminsInstead) };
  }
  if (to !== DEAL_SYSTEMS && 'ways' in to) return { first: to.ways.slice(0, 1), instead: to.ways.slice(1) };
  if (to === DEAL_SYSTEMS) return { first: rules.deals.map((channel) => ({ channel, to })), instead: [] };
  const ways = (names: NoticeRules['staff']['first']): Way[] =>
    names.flatMap((channel) => {
      const address = addressOf[channel](to);
      return address === undefined ? [] : [{ channel, to: address }];
    });
  const [first, instead] = [ways(rules.staff.first), ways(rules.staff.instead)];
  return first.length > 0 ? { first, instead } : { first: instead.slice(0, 1), instead: instead.slice(1) };
}

/** What to say and do first, under its headings. */
function detailsOf(rules: NoticeRules, tag: NoticeRules['language'], language: Language, values: Values): string {
  const { talkTrack, tasks } = rules.playbook[tag] ?? language.playbook;
  const { headings } = language;
  const numbered = tasks.map((task, at) => `${at + 1}. ${task}`);
  return [`${headings.talkTrack}: ${fill(talkTrack, values)}`, `${headings.tasks}:`, ...numbered].join('\n');
}

/** The values that there are. */
const known = (values: Values): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined));

/** The messages by which something is told, in the recipient's language and by the ways that the rules name. */
export function messagesFor(telling: Telling, { rules, zone, console, at }: Surroundings): Message[] {
  const { to, kind, leadId, page = leadId === undefined ? undefined : `leads/${leadId}` } = telling;
  const own = typeof to === 'string' ? undefined : to;
  if (!mayKnow(kind, own !== undefined && 'repId' in own && isFrozen(own))) return [];
  const tag = own?.language ?? rules.language;
  const language = languages[tag];
  const theirZone = (own && 'timeZone' in own ? own.timeZone : undefined) ?? zone;
  const speech: Speech = { language, clock: clockIn(theirZone) };
  const link = telling.link ?? (page === undefined ? undefined : `${console}/${page}`);
  const values = { ...telling.values(speech), link };
  const { title, text } = rules.templates[tag]?.[kind] ?? language.templates[kind];
  const quiet = own && (own.quietHours ?? rules.quietHours);
  const until = quiet && !telling.urgent ? quietUntil(quiet, at, theirZone) : undefined;
  const { first, instead } = waysTo(to, rules);
  const about = { ...telling.about, ...(own && 'repId' in own ? { repId: own.repId } : {}) };
  const { lapses } = telling;
  const lapsed = lapses && { ...values, [lapses.value]: '' };
  const said = {
    kind,
    ...(leadId === undefined ? {} : { leadId }),
    ...(Object.keys(about).length === 0 ? {} : { about }),
    ...(telling.point === undefined ? {} : { point: telling.point }),
    title: fill(title, values),
    text: fill(text, values),
    ...(link === undefined ? {} : { link }),
    ...(telling.data ? { data: telling.data } : {}),
    ...(telling.withPlaybook ? { details: detailsOf(rules, tag, language, values) } : {}),
    ...(lapsed ? { lapses: { at: lapses.at, text: fill(text, lapsed), values: known(lapsed) } } : {}),
    values: known(values),
    ...(telling.urgent ? { urgent: true } : {}),
    ...(until ? { quietUntil: iso(until) } : {}),
  };
  return first.map((way) => ({ ...said, ...way, instead }));
}
