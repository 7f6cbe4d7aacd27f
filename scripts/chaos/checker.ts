import { createHash } from 'node:crypto';
import { steady } from './cost-check.ts';
import type { Item, Records, Violation } from './records.ts';
import type { Taken } from './sending.ts';
import { absencesOf, committed, counted, entitled } from './staff-check.ts';
import { eventsOf, OWNED, type Story, storiesOf } from './story.ts';
import type { Units } from './units.ts';

/** What was answered, and until when time went on (ISO 8601). */
export interface Answered {
  taken: readonly Taken[];
  /** How many poisoned messages were put into queues. */
  poisoned: number;
  endedAt: string;
  /** Table units of a lead, before all others and after them. */
  units: { first: Units; last: Units };
}

const ENDS = new Set(['assigned', 'contacted', 'manual', 'pool', 'duplicate', 'rejected', 'won', 'lost']);
const ATTEMPTS = 3;
const MINUTE = 60_000;
/** The schedule runs each minute, and a run that fails is made up for by the next ones. */
const LATE = 5 * MINUTE;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** JSON with its keys in order (RFC 8785, for what records hold). */
function inOrder(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inOrder).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, of]) => `${JSON.stringify(name)}:${inOrder(of)}`).join(',')}}`;
}

/** Whether nobody is to have a lead yet: their shifts begin after all that was seen, and no attempt failed. */
const waitsBeyond = (endedAt: string, { lead, decisions }: Story): boolean => {
  const { status, attempts, nextAttemptAt } = lead;
  const last = decisions.at(-1);
  const said = last?.outcome === 'failed' && last.waitsUntil === nextAttemptAt;
  return status === 'scored' && attempts === 0 && nextAttemptAt !== undefined && nextAttemptAt > endedAt && said;
};

/** 1: what was answered with 2xx has ended somewhere or waits for a shift, and all posts of a person in one lead. */
function* notLost(stories: ReadonlyMap<string, Story>, { taken, endedAt }: Answered): Iterable<Violation> {
  const endOf = (leadId: string): string | undefined => {
    let id = leadId;
    for (let hops = 0; hops < 5; hops += 1) {
      const lead = stories.get(id)?.lead;
      if (lead?.status !== 'duplicate') return lead && id;
      id = lead.duplicateOf ?? '';
    }
    return undefined;
  };
  const leadOf = new Map<number, string>();
  const idOf = new Map<number, string>();
  for (const { leadId, person, post } of taken) {
    const story = stories.get(leadId);
    const status = story?.lead.status;
    if (status === undefined) yield { invariant: 1, leadId, what: 'was taken with 2xx and is not there' };
    else if (!ENDS.has(status) && !(story && waitsBeyond(endedAt, story)))
      yield { invariant: 1, leadId, what: `is ${status} still` };
    const end = endOf(leadId);
    if (status !== undefined && end === undefined) yield { invariant: 1, leadId, what: 'is a duplicate of no lead' };
    const first = leadOf.get(person) ?? end;
    if (end !== undefined && first !== end)
      yield { invariant: 1, leadId, what: `is of the same person as ${first}, apart` };
    if (first !== undefined) leadOf.set(person, first);
    const answered = idOf.get(post) ?? leadId;
    if (answered !== leadId) yield { invariant: 2, leadId, what: `its sender was also told ${answered}, for one key` };
    idOf.set(post, answered);
  }
}

/** 2: one owner at a time; what decisions say, events say, and the lead says. */
function* oneOwner(leadId: string, { lead, decisions, events }: Story): Iterable<Violation> {
  let owner: string | undefined;
  for (const { outcome, repId } of decisions) {
    if (outcome === 'assigned') {
      if (owner !== undefined) yield { invariant: 2, leadId, what: `was given to ${repId} while ${owner} had it` };
      owner = repId;
    } else if (outcome === 'released') owner = undefined;
    else if (owner !== undefined) yield { invariant: 2, leadId, what: `${outcome} while ${owner} had it` };
  }
  const now = OWNED.has(lead.status) ? lead.owner?.repId : undefined;
  if (now !== owner) yield { invariant: 2, leadId, what: `is owned by ${now}, decided for ${owner}` };
  const assigned = decisions.filter(({ outcome }) => outcome === 'assigned').length;
  const told = events.filter(({ type }) => type === 'LeadAssigned').length;
  if (assigned !== told) yield { invariant: 2, leadId, what: `${assigned} times assigned, ${told} times announced` };
}

/** 4: every decision is on record, in a chain of hashes to which nothing was added and from which nothing is missing. */
function* chained(leadId: string, { lead, decisions }: Story): Iterable<Violation> {
  let previous = sha256(`chain:${leadId}`);
  for (const [at, { hash, ...record }] of decisions.entries()) {
    const right = record.number === at + 1 && record.previousHash === previous && sha256(inOrder(record)) === hash;
    if (!right) yield { invariant: 4, leadId, what: `decision ${record.number} does not fit its chain` };
    previous = hash;
  }
  if (lead.audit.records !== decisions.length || lead.audit.hash !== previous)
    yield {
      invariant: 4,
      leadId,
      what: `has ${decisions.length} decisions on record, and ${lead.audit.records} were made`,
    };
}

/**
 * 5: who could not be placed three times, or whose message failed at every try, is with people, who were told: of the lead, of
 * the breaker for which it is held, or of the message itself, which waits for them.
 */
function* alerted(leadId: string, { events, decisions }: Story, known: Told): Iterable<Violation> {
  for (const { detail, eventId } of events.filter(({ type }) => type === 'LeadSentToManual')) {
    if (detail.held === true) {
      if (known.breakers === 0) yield { invariant: 5, leadId, what: 'is held for a breaker of which nobody was told' };
      continue;
    }
    // A dead letter, or one of which the supervisor who was asked said nothing.
    const untried = decisions.some(({ outcome, basis }) => outcome === 'manual' && basis === 'manual');
    const unanswered = detail.cause === 'owner-left';
    if (Number(detail.attempts) < ATTEMPTS && !untried && !unanswered)
      yield { invariant: 5, leadId, what: `went to people after ${detail.attempts} attempts` };
    if (!known.leads.has(leadId) && !known.together.has(leadId) && !known.waits(eventId))
      yield { invariant: 5, leadId, what: 'went to people, who were not told' };
  }
}

/** Of what the admins were told. */
interface Told {
  leads: ReadonlySet<string>;
  /** Leads of which they were told together with others: when a step was down, or its breaker opened or held more. */
  together: ReadonlySet<string>;
  breakers: number;
  /** Whether the message of an event lies in quarantine, for them to send on. */
  waits: (eventId: string) => boolean;
}

/** The events of which messages went out, or became untrue before. Of the first try of an event's messages, those are named that it took. */
const dealtWithOf = (items: readonly Item[]): ReadonlySet<string | undefined> =>
  new Set(
    items
      .filter(({ sk, state, taken }) => {
        if (!sk.startsWith('NOTICE#')) return false;
        return state === 'sent' || state === 'withdrawn' || (Array.isArray(taken) && taken.length > 0);
      })
      .map(({ sk }) => sk.split('#')[1]),
  );

/** The leads of which the admins were told together: those that an alert is about, and those that its breaker held afterwards. */
function toldTogether(items: readonly Item[], waits: Told['waits']): ReadonlySet<string> {
  const dealtWith = dealtWithOf(items);
  const ofBreakers = items.filter(({ pk }) => pk.startsWith('BREAKER#'));
  const told = eventsOf(ofBreakers).filter(
    ({ type, eventId }) =>
      ['LeadsStranded', 'BreakerOpened'].includes(type) && (dealtWith.has(eventId) || waits(eventId)),
  );
  const opened = new Set(told.filter(({ type }) => type === 'BreakerOpened').map(({ detail }) => detail.cause));
  const held = ofBreakers.filter(({ pk, sk }) => sk.startsWith('HELD#') && opened.has(pk.slice('BREAKER#'.length)));
  return new Set([
    ...told.flatMap(({ detail }) => detail.leadIds as string[]),
    ...held.map(({ leadId }) => String(leadId)),
  ]);
}

/** 6: reminded and escalated once for each level, when due, unless somebody had called. An owner of their own is reminded anew. */
function* escalated(leadId: string, { lead, events }: Story, endedAt: string): Iterable<Violation> {
  const { firstContactAt, remindDueAt, supervisorDueAt, exceptionDueAt } = lead.sla;
  const last = new Date(Date.parse(endedAt) - LATE).toISOString();
  const owned = OWNED.has(lead.status);
  const owners = events.filter(({ type }) => type === 'LeadAssigned').length;
  for (const [type, dueAt, open, most] of [
    ['LeadReminded', remindDueAt, owned, owners],
    ['LeadOverdue', supervisorDueAt, owned || lead.status === 'manual', 1],
    ['LeadMissed', exceptionDueAt, owned || lead.status === 'manual', 1],
  ] as const) {
    const fired = events.filter((event) => event.type === type);
    if (fired.length > most) yield { invariant: 6, leadId, what: `${fired.length} times ${type}` };
    for (const { at, detail } of fired) {
      const late = Date.parse(at) - Date.parse(String(detail.dueAt));
      if (!(late >= 0 && late <= LATE))
        yield { invariant: 6, leadId, what: `${type} at ${at}, due at ${detail.dueAt}` };
      if (firstContactAt !== null && firstContactAt < at)
        yield { invariant: 6, leadId, what: `${type} at ${at}, called at ${firstContactAt}` };
    }
    if (open && firstContactAt === null && dueAt !== undefined && dueAt < last && fired.length === 0)
      yield { invariant: 6, leadId, what: `was due at ${dueAt} and there was no ${type}` };
  }
}

/** 6: each message went out once, and the owner was told. */
function* toldOnce(
  stories: ReadonlyMap<string, Story>,
  { items, messages }: Pick<Records, 'items' | 'messages'>,
  { waits }: Told,
): Iterable<Violation> {
  const sent = new Map<string, number>();
  for (const { leadId, kind, channel, to } of messages) {
    if (leadId === undefined) continue;
    const which = `${leadId} ${kind} ${channel} ${to}`;
    sent.set(which, (sent.get(which) ?? 0) + 1);
  }
  for (const [which, times] of sent) {
    const [leadId = '', kind = ''] = which.split(' ');
    const reasons: Record<string, string> = {
      'lead-assigned': 'LeadAssigned',
      'lead-reminder': 'LeadReminded',
      'lead-overdue': 'LeadOverdue',
      'lead-missed': 'LeadMissed',
      'assignment-failed': 'LeadSentToManual',
    };
    const because = reasons[kind];
    if (because === undefined) continue;
    const causes = stories.get(leadId)?.events.filter(({ type }) => type === because).length ?? 0;
    if (times > causes)
      yield { invariant: 6, leadId, what: `${kind} was told ${times} times, for ${causes} ${because}` };
  }
  const dealtWith = dealtWithOf(items);
  for (const [leadId, { lead, events }] of stories) {
    const last = events.filter(({ type }) => type === 'LeadAssigned').at(-1);
    if (last && OWNED.has(lead.status) && !dealtWith.has(last.eventId) && !waits(last.eventId))
      yield { invariant: 6, leadId, what: 'its owner was not told of it' };
  }
}

/** What was found: how many of what, and every promise that was not kept. */
export interface Findings {
  counts: Record<string, number>;
  violations: Violation[];
}

/** Goes through all that a runtime left behind, lead by lead. */
export function check({ items, messages, repChanges }: Records, answered: Answered): Findings {
  const stories = storiesOf(items);
  const absences = absencesOf(items);
  const quarantined = items
    .filter(({ pk, sk }) => pk.startsWith('QUARANTINE#') && sk === 'QUARANTINE')
    .map(({ raw }) => String(raw));
  const waiting = quarantined.join('\n');
  const waits: Told['waits'] = (eventId) => waiting.includes(eventId);
  const known: Told = {
    leads: new Set(messages.filter(({ kind }) => kind === 'assignment-failed').map(({ leadId }) => leadId ?? '')),
    breakers: messages.filter(({ kind }) => kind === 'breaker-opened').length,
    together: toldTogether(items, waits),
    waits,
  };
  const violations: Violation[] = [
    ...notLost(stories, answered),
    ...counted(items, stories),
    ...committed(repChanges, stories),
    ...toldOnce(stories, { items, messages }, known),
    ...steady(stories, answered.units),
  ];
  for (const [leadId, story] of stories) {
    violations.push(
      ...oneOwner(leadId, story),
      ...entitled(leadId, story, absences),
      ...chained(leadId, story),
      ...alerted(leadId, story, known),
      ...escalated(leadId, story, answered.endedAt),
    );
  }
  const poison = quarantined.filter((raw) => raw.includes('poison'));
  if (poison.length < answered.poisoned)
    violations.push({
      invariant: 8,
      leadId: '',
      what: `${answered.poisoned} poisoned messages, ${poison.length} kept for an admin`,
    });
  const counts: Record<string, number> = { answered: answered.taken.length, leads: stories.size };
  for (const { lead } of stories.values()) counts[lead.status] = (counts[lead.status] ?? 0) + 1;
  const sum = (of: (story: Story) => number) => [...stories.values()].reduce((all, story) => all + of(story), 0);
  counts.decisions = sum(({ decisions }) => decisions.length);
  counts.reminded = sum(({ events }) => events.filter(({ type }) => type === 'LeadReminded').length);
  counts.overdue = sum(({ events }) => events.filter(({ type }) => type === 'LeadOverdue').length);
  counts.missed = sum(({ events }) => events.filter(({ type }) => type === 'LeadMissed').length);
  counts.messages = messages.length;
  counts.quarantined = poison.length;
  return { counts, violations };
}
