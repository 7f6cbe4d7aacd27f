import type { Form } from '../lead/form.ts';
import type { Lead, Likeness } from '../lead/lead.ts';
import { leadPartition } from '../lead/partition.ts';
import { read, readForms, readMany } from '../lead/store.ts';
import { expiry, iso } from '../platform/clock.ts';
import { type Change, put, update } from '../platform/commit.ts';
import { get, query, type Table } from '../platform/table.ts';

/** A lead that is kept as a duplicate of another. */
export type Duplicate = Extract<Lead, { status: 'duplicate' }>;

/** A duplicate leads to the lead that it was merged into, which may itself have been merged: at most so many steps. */
const STEPS = 8;

/** The lead that each of these ends in: itself, or for a duplicate the lead that it was merged into. What is gone is left out. */
export async function rootsOf(from: Table, leadIds: readonly string[]): Promise<Map<string, Lead>> {
  const at = new Map(leadIds.map((leadId) => [leadId, leadId]));
  const seen = new Map<string, Lead>();
  for (let step = 0, moved = true; moved && step < STEPS; step += 1) {
    const unread = [...new Set(at.values())].filter((leadId) => !seen.has(leadId));
    if (unread.length > 0) for (const lead of await readMany(from, unread)) seen.set(lead.leadId, lead);
    moved = false;
    for (const [asked, leadId] of at) {
      const lead = seen.get(leadId);
      if (lead?.status !== 'duplicate') continue;
      at.set(asked, lead.duplicateOf);
      moved = true;
    }
  }
  return new Map(
    [...at].flatMap(([asked, leadId]) => {
      const lead = seen.get(leadId);
      return lead && lead.status !== 'duplicate' ? [[asked, lead] as const] : [];
    }),
  );
}

/** The leads over which a duplicate leads to the one that it ends in, this last; fewer if one of them is gone. */
export async function wayOf(from: Table, { duplicateOf }: Duplicate): Promise<Lead[]> {
  const way: Lead[] = [];
  for (let next: string | undefined = duplicateOf; next !== undefined && way.length < STEPS; ) {
    const lead = await read(from, next);
    if (lead) way.push(lead);
    next = lead?.status === 'duplicate' ? lead.duplicateOf : undefined;
  }
  return way;
}

/** A post of the same person, merged into a lead. What was posted stays with its own lead. Times ISO 8601. */
export interface Touch {
  leadId: string;
  at: string;
  likeness: Likeness;
  /** It was a lead of its own before, with touches of its own perhaps. */
  joined?: true;
  /** Somebody said that it is not of the same person after all. */
  undone?: { at: string; reason: string; role: string; repId?: string };
}

const touchKey = (of: string, leadId: string) => ({ pk: leadPartition(of), sk: `TOUCH#${leadId}` });

/** One touch of a lead, or undefined. */
export async function readTouch(from: Table, of: string, leadId: string): Promise<Touch | undefined> {
  return (await get(from, touchKey(of, leadId)))?.touch as Touch | undefined;
}

/** Adds a touch to a lead, once; anew if it was undone. */
export const addTouch = (of: string, touch: Touch): Change =>
  put(
    'touch',
    { ...touchKey(of, touch.leadId), touch },
    {
      expression: 'attribute_not_exists(pk) OR attribute_exists(#touch.#undone)',
      names: { '#touch': 'touch', '#undone': 'undone' },
    },
  );

/** Marks a touch as no touch of this lead's. It stays on record. */
export const undoTouch = (of: string, leadId: string, undone: NonNullable<Touch['undone']>): Change =>
  update('touch', touchKey(of, leadId), {
    expression: 'SET #touch.#undone = :undone',
    onlyIf: 'attribute_exists(pk)',
    names: { '#touch': 'touch', '#undone': 'undone' },
    values: { ':undone': undone },
  });

/** Marks a touch as one that has touches of its own. */
export const joinTouch = (of: string, leadId: string): Change =>
  update('touch', touchKey(of, leadId), {
    expression: 'SET #touch.#joined = :yes',
    onlyIf: 'attribute_exists(pk)',
    names: { '#touch': 'touch', '#joined': 'joined' },
    values: { ':yes': true },
  });

/** So many touches of a lead are looked at, the newest. */
const MOST_TOUCHES = 100;
/** Leads that were merged into each other are followed so far. */
const DEEPEST = 4;

/** The newest touches of a lead, those of leads merged into it included, oldest first. */
export async function touchesOf(from: Table, leadId: string, deep = DEEPEST): Promise<Touch[]> {
  const range = { pk: leadPartition(leadId), begins: 'TOUCH#', newestFirst: true, limit: MOST_TOUCHES };
  const own = (await query(from, range)).map((item) => item.touch as Touch);
  const joined = deep === 0 ? [] : own.filter((touch) => touch.joined && !touch.undone);
  const theirs = await Promise.all(joined.map((touch) => touchesOf(from, touch.leadId, deep - 1)));
  return [...own, ...theirs.flat()].sort((a, b) => (a.at < b.at ? -1 : 1)).slice(-MOST_TOUCHES);
}

/** All touches of a lead that were not undone, without those of leads merged into it. */
export const ownTouchesOf = async (from: Table, leadId: string): Promise<Touch[]> =>
  (await query(from, { pk: leadPartition(leadId), begins: 'TOUCH#' }))
    .map((item) => item.touch as Touch)
    .filter(({ undone }) => !undone);

/** All touches of a lead that were not undone, those of leads merged into it included, however many. */
export async function everyTouchOf(from: Table, leadId: string, deep = STEPS): Promise<Touch[]> {
  const own = await ownTouchesOf(from, leadId);
  const joined = deep === 0 ? [] : own.filter((touch) => touch.joined);
  const theirs = await Promise.all(joined.map((touch) => everyTouchOf(from, touch.leadId, deep - 1)));
  return [...own, ...theirs.flat()];
}

/** What was posted at each of these touches, as it was posted. One that was erased is left out. */
export async function postsOf(from: Table, touches: readonly Touch[]): Promise<(Touch & { form: Form })[]> {
  const forms = await readForms(
    from,
    touches.map(({ leadId }) => leadId),
    'posted',
  );
  return touches.flatMap((touch) => {
    const form = forms.get(touch.leadId);
    return form ? [{ ...touch, form }] : [];
  });
}

/** That somebody was told of new interest in a lead of theirs; kept until they may be told again. */
export interface Told {
  repId: string;
  until: string;
}

const toldKey = (leadId: string) => ({ pk: leadPartition(leadId), sk: 'TOLD#touch' });

/** Who was told of late, if anybody. */
export async function readTold(from: Table, leadId: string): Promise<Told | undefined> {
  return (await get(from, toldKey(leadId)))?.told as Told | undefined;
}

/** Notes who is told now, if nobody was told since `seen`. */
export const markTold = (leadId: string, seen: Told | undefined, told: Told): Change =>
  put(
    'told of a touch',
    { ...toldKey(leadId), told, expiresAt: expiry(new Date(told.until), 0) },
    seen
      ? { expression: 'attribute_not_exists(pk) OR told = :seen', values: { ':seen': seen } }
      : { expression: 'attribute_not_exists(pk)' },
  );

/** What a touch says of a duplicate. */
export const touchBy = (duplicate: Duplicate): Touch => ({
  leadId: duplicate.leadId,
  at: iso(new Date(duplicate.receivedAt)),
  likeness: duplicate.likeness ?? 'exact',
  ...(duplicate.since === undefined ? {} : { joined: true as const }),
});
