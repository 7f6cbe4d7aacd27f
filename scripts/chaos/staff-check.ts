import type { Item, Rep, RepChange, Violation } from './records.ts';
import { eventsOf, OWNED, type Story } from './story.ts';

const FROZEN = new Set(['leaving', 'left']);
/** A decision may have begun so long before what it saw, and what it saw before it is written. Milliseconds. */
const BEGUN = 30_000;

/** When somebody was frozen or away: from, and to (ISO 8601). */
type Absence = [from: string, to: string];

export function absencesOf(items: readonly Item[]): Map<string, Absence[]> {
  const absences = new Map<string, Absence[]>();
  const events = eventsOf(items.filter(({ pk }) => pk.startsWith('REP#'))).sort((a, b) => (a.at < b.at ? -1 : 1));
  for (const { type, at, detail } of events) {
    const repId = String(detail.repId);
    const own = absences.get(repId) ?? [];
    absences.set(repId, own);
    const last = own.at(-1);
    if (type === 'RepFrozen' || type === 'RepAway') own.push([at, '9999']);
    if (type === 'RepBack' && last) last[1] = at;
  }
  return absences;
}

/** 3: given only to who was active and had room, also when the freeze came in the middle. */
export function* entitled(leadId: string, story: Story, absences: ReadonlyMap<string, Absence[]>): Iterable<Violation> {
  for (const { outcome, repId = '', at, inputs } of story.decisions) {
    if (outcome !== 'assigned') continue;
    const seen = inputs?.reps.find((rep) => rep.repId === repId);
    if (inputs && seen?.status !== 'active') yield { invariant: 3, leadId, what: `${repId} was ${seen?.status}` };
    if (seen && seen.openLeads >= seen.capacity) yield { invariant: 3, leadId, what: `${repId} had no room` };
    const [began, ended] = [-BEGUN, BEGUN].map((by) => new Date(Date.parse(at) + by).toISOString()) as [string, string];
    const away = absences.get(repId)?.find(([from, to]) => from < began && ended < to);
    if (away) yield { invariant: 3, leadId, what: `was given to ${repId} at ${at}, away since ${away[0]}` };
  }
}

/**
 * 3, by the order in which things were committed: at no commit did somebody get one more lead who was not active or had no room
 * just before it; and as often as somebody got one, a decision says so.
 */
export function* committed(changes: readonly RepChange[], stories: ReadonlyMap<string, Story>): Iterable<Violation> {
  const given = new Map<string, number>();
  for (const { before, after } of changes) {
    const { repId, openLeads = 0, capacity = 0, status } = before;
    if ((after.openLeads ?? 0) <= openLeads) continue;
    given.set(repId, (given.get(repId) ?? 0) + 1);
    const got = `${repId} got a lead`;
    if (status !== 'active') yield { invariant: 3, leadId: '', what: `${got} while ${status}` };
    if (openLeads >= capacity) yield { invariant: 3, leadId: '', what: `${got} with ${openLeads} of ${capacity}` };
  }
  const decided = new Map<string, number>();
  for (const { decisions } of stories.values())
    for (const { outcome, repId = '' } of decisions)
      if (outcome === 'assigned') decided.set(repId, (decided.get(repId) ?? 0) + 1);
  for (const repId of new Set([...given.keys(), ...decided.keys()])) {
    const [times, decisions] = [given.get(repId) ?? 0, decided.get(repId) ?? 0];
    if (times !== decisions)
      yield { invariant: 3, leadId: '', what: `${repId} was given ${times} leads, by ${decisions} decisions` };
  }
}

/** 3, over all leads: counts of open leads are right and within capacity, and who left has none. */
export function* counted(items: readonly Item[], stories: ReadonlyMap<string, Story>): Iterable<Violation> {
  const owned = new Map<string, number>();
  for (const { lead } of stories.values()) {
    if (!OWNED.has(lead.status) || !lead.owner) continue;
    owned.set(lead.owner.repId, (owned.get(lead.owner.repId) ?? 0) + 1);
  }
  for (const item of items) {
    if (!item.pk.startsWith('REP#') || item.sk !== 'REP') continue;
    const { repId, openLeads = 0, capacity = 0, status } = item as unknown as Rep;
    const has = owned.get(repId) ?? 0;
    if (has !== openLeads)
      yield { invariant: 3, leadId: '', what: `${repId} owns ${has} leads and is said to own ${openLeads}` };
    if (has > capacity) yield { invariant: 3, leadId: '', what: `${repId} owns ${has} leads of at most ${capacity}` };
    if (FROZEN.has(status) && has > 0)
      yield { invariant: 3, leadId: '', what: `${repId} is ${status} and owns ${has} leads` };
  }
}
