import type { OutgoingEvent } from '../../events/contract.ts';
import { iso } from '../platform/clock.ts';
import { absent, type Change, eventsIn, outbox, put, riding, type Told, update } from '../platform/commit.ts';
import { firstId, shardOf } from '../platform/random.ts';
import {
  countIndex,
  get,
  getMany,
  type Item,
  indexes,
  type Key,
  queryIndex,
  querySpan,
  type Read,
  spanIndex,
  type Table,
} from '../platform/table.ts';
import { nextEscalation } from '../sla/clock.ts';
import { withCompany } from './company/store.ts';
import type { Form } from './form.ts';
import { answerBy, isClosed, type Lead, type LeadStatus, leadStatuses, ownerOf, waitsUntil } from './lead.ts';
import { packed, unpacked } from './packing.ts';
import { leadPartition } from './partition.ts';

/** Lists and due times are spread over this many index partitions, so that no burst meets one partition's limit. */
const SHARDS = 4;
/** No id comes after it. */
const LAST_ID = 'Z'.repeat(26);
/** Leads read at once. */
const PAGE = 100;
/** Leads looked through at once where few are what is asked for. */
const MOST = 400;
const shards = Array.from({ length: SHARDS }, (_, shard) => shard);

const leadKey = (leadId: string): Key => ({ pk: leadPartition(leadId), sk: 'LEAD' });
const formKey = (leadId: string): Key => ({ pk: leadPartition(leadId), sk: 'FORM' });
/**
 * Where leads of a state are listed: those held for review by themselves. Those on their way to an owner share a list, `received`:
 * a lead does not change its place in the index when it is scored, and there are never many of them. Only those that wait for a shift
 * lie apart, in `scored`: there may be many, and mostly there are none.
 */
type List = LeadStatus | 'review';
const statusList = (list: List, shard: number): string => `STATUS#${list}#${shard}`;
const placeOf = (status: LeadStatus): List => (status === 'scored' ? 'received' : status);
const listOf = (lead: Lead): List => {
  if (waitsUntil(lead) !== undefined) return 'scored';
  return lead.status === 'rejected' && lead.review ? 'review' : placeOf(lead.status);
};
// In `scored` there may also lie leads from when all that were scored had a list of their own.
const listsOf = (status: LeadStatus): List[] =>
  status === 'rejected' ? ['rejected', 'review'] : status === 'scored' ? ['received', 'scored'] : [status];
const ownerList = (repId: string): string => `OWNER#${repId}`;
const wonList = (repId: string): string => `WON#${repId}`;
const lostList = (repId: string): string => `LOST#${repId}`;
const askedList = (teamId: string): string => `ASKED#${teamId}`;
const poolList = (teamId: string): string => `POOL#${teamId}`;
const dueList = (shard: number): string => `DUE#${shard}`;

const soonestOf = (...times: (string | undefined)[]): string | undefined =>
  times.filter((each) => each !== undefined).sort()[0];

function toItem(lead: Lead): Item {
  const shard = shardOf(lead.leadId, SHARDS);
  const next = nextEscalation(lead.sla)?.dueAt;
  const dueAt = isClosed(lead) ? undefined : soonestOf(next, waitsUntil(lead), answerBy(lead));
  return {
    ...leadKey(lead.leadId),
    packed: packed(lead),
    version: lead.version,
    list: statusList(listOf(lead), shard),
    sort: lead.leadId,
    ...ownedAs(lead),
    ...(dueAt === undefined ? {} : { due: dueList(shard), dueAt }),
  };
}

/** Open leads are found by their owner, won and lost ones by who had them then, those in the pool by their team, and those by theirs of which its supervisor is asked. */
function ownedAs(lead: Lead): { owner?: string } {
  if (lead.status === 'won') return { owner: wonList(lead.owner.repId) };
  if (lead.status === 'lost' && lead.owner) return { owner: lostList(lead.owner.repId) };
  if (lead.status === 'pool') return { owner: poolList(lead.poolOf) };
  if (lead.status === 'manual' && lead.askedOf !== undefined) return { owner: askedList(lead.askedOf) };
  const owner = isClosed(lead) ? undefined : ownerOf(lead);
  return owner ? { owner: ownerList(owner.repId) } : {};
}

/** Leads that were stored before they were packed are read as they lie there. */
const toLead = (item: Item): Lead => (item.lead as Lead | undefined) ?? unpacked(item.packed as Uint8Array);

/**
 * Stores a lead that is new, and what was posted; with the event that says so, if it is announced. One that is a lead of its own is
 * listed with its company.
 */
export const create = (lead: Lead, form: Form, told: Partial<ReturnType<typeof riding>> = {}): Change[] => {
  const { leadId, status } = lead;
  const listed = status === 'duplicate' || status === 'rejected' ? {} : withCompany(leadId, form);
  return [put('lead', toItem(lead), absent), put('form', { ...formKey(leadId), form, ...listed, ...told }, absent)];
};

/** Attributes of a lead's item that not every lead has. */
const SOMETIMES = ['lead', 'owner', 'due', 'dueAt'];

/** Changes a lead's item, all but an event that rides in it; with one that is to, if said. */
function rewrite(before: Lead, after: Lead, told: object): Change {
  const { pk, sk, ...attributes } = toItem({ ...after, version: before.version + 1 });
  const entries = Object.entries({ ...attributes, ...told });
  const gone = SOMETIMES.filter((name) => !(name in attributes));
  return update(
    'lead',
    { pk, sk },
    {
      expression: `SET ${entries.map((_, at) => `#a${at} = :a${at}`).join(', ')} REMOVE ${gone.map((_, at) => `#g${at}`).join(', ')}`,
      onlyIf: 'version = :seen',
      names: Object.fromEntries([
        ...entries.map(([name], at) => [`#a${at}`, name]),
        ...gone.map((name, at) => [`#g${at}`, name]),
      ]),
      values: Object.fromEntries([[':seen', before.version], ...entries.map(([, value], at) => [`:a${at}`, value])]),
    },
  );
}

/** Stores what became of a lead, if nobody changed it since it was read as `before`. */
export const save = (before: Lead, after: Lead): Change => rewrite(before, after, {});

/**
 * Stores a lead that has got its score, and announces it. The first time, the event rides in the lead's own item: one plain write
 * in place of a transaction of two. It stays there, so a second one gets an item of its own.
 */
export const saveScored = (before: Lead, after: Lead, event: OutgoingEvent, at: Date): Change[] =>
  before.score === undefined
    ? [rewrite(before, after, riding(event, at))]
    : [save(before, after), outbox(leadPartition(before.leadId), event, at)];

/** One lead, or undefined. */
export async function read(from: Table, leadId: string, how: Read = 'strongly'): Promise<Lead | undefined> {
  const item = await get(from, leadKey(leadId), how);
  return item && toLead(item);
}

/** Those of the leads that exist, in the order asked for. */
export async function readMany(from: Table, leadIds: readonly string[]): Promise<Lead[]> {
  const items = await getMany(from, leadIds.map(leadKey));
  const found = new Map(items.map((item) => [toLead(item).leadId, toLead(item)]));
  return leadIds.flatMap((leadId) => found.get(leadId) ?? []);
}

/** A lead and what is known of its customer, or undefined. */
export async function readWithForm(
  from: Table,
  leadId: string,
  how: Read = 'strongly',
): Promise<{ lead: Lead; form: Form } | undefined> {
  const items = await getMany(from, [leadKey(leadId), formKey(leadId)], how);
  const lead = items.find((item) => item.sk === 'LEAD');
  const form = items.find((item) => item.sk === 'FORM');
  return lead && form && { lead: toLead(lead), form: form.form as Form };
}

/** What is known of several leads' customers, by lead id: later posts merged in, or as it was posted at first. */
export async function readForms(
  from: Table,
  leadIds: readonly string[],
  as: 'merged' | 'posted' = 'merged',
): Promise<Map<string, Form>> {
  const items = await getMany(from, leadIds.map(formKey));
  const formOf = (item: Item) => ((as === 'posted' ? item.posted : undefined) ?? item.form) as Form;
  return new Map(items.map((item) => [item.pk.slice('LEAD#'.length), formOf(item)]));
}

/** Sets attributes of a lead's form; of a customer without a name, none is listed either. */
function setForm(leadId: string, attributes: Readonly<Record<string, unknown>>, nameless: boolean): Change {
  const entries = Object.entries(attributes);
  return update('form', formKey(leadId), {
    expression: `SET ${entries.map((_, at) => `#a${at} = :a${at}`).join(', ')}${nameless ? ' REMOVE #called' : ''}`,
    onlyIf: 'attribute_exists(pk)',
    names: {
      ...Object.fromEntries(entries.map(([name], at) => [`#a${at}`, name])),
      ...(nameless ? { '#called': 'called' } : {}),
    },
    values: Object.fromEntries(entries.map(([, value], at) => [`:a${at}`, value])),
  });
}

/**
 * Stores what is known of a lead's customer now, beside what was posted; `listed`: and lists the lead with their company. Only
 * together with the lead itself: its version stands for both.
 */
export const saveForm = (leadId: string, form: Form, posted: Form, listed: 'newly' | 'as it is' = 'as it is'): Change =>
  setForm(
    leadId,
    { form, posted, ...(listed === 'newly' ? withCompany(leadId, form) : {}) },
    form.contact.name === undefined,
  );

/** Lists a lead with the company of its customer, if they named one. */
export function listWithCompany(leadId: string, form: Form): Change[] {
  const listed = withCompany(leadId, form);
  return 'list' in listed ? [setForm(leadId, listed, form.contact.name === undefined)] : [];
}

/** What happened to a lead, oldest first: its events, which are also what was announced. */
export async function timeline(from: Table, leadId: string): Promise<Told[]> {
  // Decisions, events, the form and the lead lie one after the other, and each may carry one.
  const items = await querySpan(from, { pk: leadPartition(leadId), from: 'DECISION#', to: 'LEAD' });
  return eventsIn(items);
}

/** Which leads to list: of these states, held for review, waiting for a shift (among others), of these owners (one state, or all) and those of which the supervisors of teams are asked, or in the pools of these teams. */
export type Selection =
  | { statuses: readonly LeadStatus[] }
  | { lists: readonly ['review' | 'scored'] }
  | { owners: readonly string[]; status?: LeadStatus | undefined; askedOf?: readonly string[] }
  | { pools: readonly string[] };

/** Every state. */
export const anyStatus: Selection = { statuses: leadStatuses };

/** Whether a lead is in one of the states asked for: a list may hold others, and lags. */
const isAmong = (selection: Selection, lead: Lead): boolean =>
  !('statuses' in selection) || selection.statuses.includes(lead.status);

/** Where leads of an owner lie that are in this state, or in any. */
const ownListsOf = (status: LeadStatus | undefined): ((repId: string) => string)[] =>
  status === undefined
    ? [ownerList, wonList, lostList]
    : [status === 'won' ? wonList : status === 'lost' ? lostList : ownerList];

function partitionsOf(selection: Selection): string[] {
  if ('owners' in selection) {
    const { owners, status, askedOf = [] } = selection;
    return [...ownListsOf(status).flatMap((listed) => owners.map(listed)), ...askedOf.map(askedList)];
  }
  if ('pools' in selection) return selection.pools.map(poolList);
  const lists = 'lists' in selection ? selection.lists : selection.statuses.flatMap(listsOf);
  return [...new Set(lists)].flatMap((each) => shards.map((shard) => statusList(each, shard)));
}

/**
 * Lead ids of the selection, newest first. Ids are ULIDs, so one merged list over all partitions needs no other cursor than
 * the last id seen.
 */
async function listIds(from: Table, selection: Selection, limit: number, before?: string): Promise<string[]> {
  const index = 'statuses' in selection || 'lists' in selection ? indexes.list : indexes.owner;
  const partitions = partitionsOf(selection);
  const found = await Promise.all(
    partitions.map((pk) => queryIndex(from, { index, pk, before, newestFirst: true, limit })),
  );
  const ids = found.flat().map((item) => String(item.sort));
  return ids.sort((a, b) => (a < b ? 1 : -1)).slice(0, limit);
}

const spansOf = (status: LeadStatus, from: Date, to: Date) =>
  partitionsOf({ statuses: [status] }).map((pk) => ({
    index: indexes.list,
    pk,
    from: firstId(from),
    to: firstId(to),
  }));

/** How many leads of a state were received from `from` until before `to`. The list lags by moments. */
export async function countBetween(table: Table, status: LeadStatus, from: Date, to: Date): Promise<number> {
  const counts = await Promise.all(spansOf(status, from, to).map((span) => countIndex(table, span)));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** How many leads are held for review. The list lags by moments. */
export async function countHeld(table: Table): Promise<number> {
  const [from, to] = [firstId(new Date(0)), LAST_ID];
  const partitions = partitionsOf({ lists: ['review'] });
  const counts = await Promise.all(partitions.map((pk) => countIndex(table, { index: indexes.list, pk, from, to })));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** The ids of leads of a state that were received from `from` until before `to`. The list lags by moments. */
export async function idsBetween(table: Table, status: LeadStatus, from: Date, to: Date): Promise<string[]> {
  const found = await Promise.all(spansOf(status, from, to).map((span) => spanIndex(table, span)));
  return found.flat().map(({ sort }) => String(sort));
}

/** A page of leads, newest first, that also satisfy `keep`; `nextCursor` when there may be more. */
export async function list(
  from: Table,
  selection: Selection,
  keep: (lead: Lead) => boolean,
  limit: number,
  cursor?: string,
): Promise<{ items: Lead[]; nextCursor?: string }> {
  const items: Lead[] = [];
  let before = cursor;
  let size = limit;
  for (;;) {
    const ids = await listIds(from, selection, size, before);
    for (const lead of await readMany(from, ids)) {
      if (!isAmong(selection, lead) || !keep(lead)) continue;
      items.push(lead);
      if (items.length === limit) return { items, nextCursor: lead.leadId };
    }
    if (ids.length < size) return { items };
    before = ids.at(-1);
    // Few of them are kept: one at a time, a short page would take as many rounds as there are leads.
    size = Math.max(size, Math.min(size * 4, MOST));
  }
}

/** A page of the leads that wait for a shift, newest first. The list lags: check before acting on one. */
export const waitingForShift = (
  from: Table,
  limit: number,
  cursor?: string,
): Promise<{ items: Lead[]; nextCursor?: string }> =>
  list(from, { lists: ['scored'] }, (lead) => waitsUntil(lead) !== undefined, limit, cursor);

/** Leads of one owner-index partition, newest first, read a page at a time. The index lags: check before acting on one. */
async function* inOwnerList(from: Table, pk: string): AsyncGenerator<Lead> {
  let before: string | undefined;
  for (;;) {
    const keys = await queryIndex(from, { index: indexes.owner, pk, before, newestFirst: true, limit: PAGE });
    const ids = keys.map(({ sort }) => String(sort));
    yield* await readMany(from, ids);
    if (ids.length < PAGE) return;
    before = ids.at(-1);
  }
}

/** A rep's open leads, newest first. */
export const leadsOf = (from: Table, repId: string): AsyncGenerator<Lead> => inOwnerList(from, ownerList(repId));

/** The leads that a rep won, newest first. */
export const wonBy = (from: Table, repId: string): AsyncGenerator<Lead> => inOwnerList(from, wonList(repId));

/** When the soonest escalation of any lead is due; undefined when none is to come. The index lags. */
export async function soonestDue(from: Table): Promise<Date | undefined> {
  const found = await Promise.all(
    shards.map((shard) => queryIndex(from, { index: indexes.due, pk: dueList(shard), limit: 1 })),
  );
  const [soonest] = found.flatMap(([first]) => (first ? [String(first.dueAt)] : [])).sort();
  return soonest === undefined ? undefined : new Date(soonest);
}

/** Ids of leads with an escalation due at or before `now`, the longest overdue first, at most `limit` from each partition. */
export async function dueBy(from: Table, now: Date, limit: number): Promise<string[]> {
  const found = await Promise.all(
    shards.map((shard) => queryIndex(from, { index: indexes.due, pk: dueList(shard), upTo: iso(now), limit })),
  );
  return found
    .flat()
    .sort((a, b) => (String(a.dueAt) < String(b.dueAt) ? -1 : 1))
    .map((item) => item.pk.slice('LEAD#'.length));
}
