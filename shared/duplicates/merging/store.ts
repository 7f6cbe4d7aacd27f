import { announce } from '../../../events/contract.ts';
import { LeadUnmerged } from '../../../events/lead-unmerged.ts';
import type { Decision } from '../../audit/record.ts';
import { companyKey, contactKeys } from '../../lead/contact.ts';
import type { Form } from '../../lead/form.ts';
import { isClosed, type Lead } from '../../lead/lead.ts';
import { leadPartition } from '../../lead/partition.ts';
import { following } from '../../lead/routed-by.ts';
import { listWithCompany, readForms, readWithForm, save, saveForm } from '../../lead/store.ts';
import { claim, known } from '../../person/store.ts';
import { iso } from '../../platform/clock.ts';
import { type Change, outbox } from '../../platform/commit.ts';
import type { Table } from '../../platform/table.ts';
import { rulesNow } from '../../routing/facts/store.ts';
import { release } from '../../routing/store.ts';
import { protect, type Sla, startClock } from '../../sla/clock.ts';
import { type Deadlines, deadlines } from '../../sla/rules.ts';
import { merged } from '../merged.ts';
import { postsOf, readTouch, type Touch, touchesOf, undoTouch } from '../store.ts';

/** A lead that is kept as a duplicate of another. */
export type Duplicate = Extract<Lead, { status: 'duplicate' }>;

/** The lead with another form, and the form beside what was posted; nothing when it says the same. */
export function refined(lead: Lead, before: Form, after: Form, posted: Form): { lead: Lead; changes: Change[] } {
  if (JSON.stringify(before) === JSON.stringify(after)) return { lead, changes: [] };
  const keys = [before, after].map(({ company }) => companyKey(company?.name));
  const listed = keys[1] !== undefined && keys[0] === undefined ? 'newly' : 'as it is';
  return { lead: following(lead, before, after), changes: [saveForm(lead.leadId, after, posted, listed)] };
}

/** Why a duplicate becomes a lead of its own: somebody says so, or the other had ended before it came. */
export type WhyApart =
  | { basis: 'unmerged'; by: NonNullable<Decision['by']> }
  | { basis: 'original-closed'; by?: undefined };

/**
 * Makes a duplicate a lead of its own: announced as if it came in now, with a clock of its own. It is known by those of its
 * contact keys that no other post of the original gave; the original loses what only this one had told. All writes of one
 * transaction.
 */
export async function setApart(
  table: Table,
  lead: Duplicate,
  original: Lead | undefined,
  why: WhyApart,
  at: Date,
): Promise<Change[]> {
  const [{ sla, versions }, posts, touch, forms] = await Promise.all([
    rulesNow(table),
    original ? otherPosts(table, original, lead) : [],
    readTouch(table, lead.duplicateOf, lead.leadId),
    readForms(table, [lead.leadId], 'posted'),
  ]);
  const form = forms.get(lead.leadId);
  const previousBy = lead.likeness === 'likely' ? ('company' as const) : ('person' as const);
  const fresh = {
    ...lead,
    sla: clockOf(lead, deadlines(sla), at),
    ...(original ? { previousLeadId: original.leadId, previousBy } : {}),
    ...(original && why.by ? { apartFrom: [...new Set([...(lead.apartFrom ?? []), original.leadId])] } : {}),
  };
  return [
    ...release(fresh, why.basis, why.by, versions, at),
    ...(form ? await ownKeys(table, lead, form, original, posts) : []),
    ...(form ? listWithCompany(lead.leadId, form) : []),
    ...(touch && !touch.undone && why.by
      ? [undoTouch(lead.duplicateOf, lead.leadId, { at: iso(at), ...undoneBy(why.by) })]
      : []),
    ...(original && why.by ? await without(table, original, posts, lead, why.by.reason, at) : []),
  ];
}

/** A clock from now on; of a customer who was contacted while it was a lead of its own, the one that stopped then. */
const clockOf = ({ sla }: Duplicate, due: Deadlines, at: Date): Sla =>
  sla.firstContactAt === null ? startClock(at, due) : protect(sla, due, at);

const undoneBy = ({ role, repId, reason }: NonNullable<Decision['by']>) => ({
  role,
  reason,
  ...(repId === undefined ? {} : { repId }),
});

/** What else was posted for a lead than by this duplicate (and by what was merged into it), oldest first; its own post first. */
async function otherPosts(table: Table, original: Lead, duplicate: Duplicate): Promise<(Touch & { form: Form })[]> {
  const [touches, its] = await Promise.all([
    touchesOf(table, original.leadId),
    duplicate.since === undefined ? [] : touchesOf(table, duplicate.leadId),
  ]);
  const gone = new Set([duplicate.leadId, ...its.map(({ leadId }) => leadId)]);
  const own: Touch = { leadId: original.leadId, at: original.receivedAt, likeness: 'exact' };
  return postsOf(table, [own, ...touches.filter((touch) => !touch.undone && !gone.has(touch.leadId))]);
}

/** Ties the contact keys that point to the original to the duplicate: all if the original has ended, else those of nobody else's. */
async function ownKeys(
  table: Table,
  { leadId, duplicateOf }: Duplicate,
  form: Form,
  original: Lead | undefined,
  posts: readonly { form: Form }[],
): Promise<Change[]> {
  const shared = new Set(
    original && !isClosed(original) ? posts.flatMap((post) => contactKeys(post.form.contact)) : [],
  );
  const pointers = await known(table, contactKeys(form.contact));
  return pointers
    .filter((seen) => seen.leadId === original?.leadId || seen.leadId === duplicateOf)
    .filter((seen) => !shared.has(seen.contactKey))
    .map((seen) => claim(seen.contactKey, leadId, seen));
}

/** The original with a form made of the other posts only. */
async function without(
  table: Table,
  original: Lead,
  posts: readonly (Touch & { form: Form })[],
  { leadId }: Duplicate,
  reason: string,
  at: Date,
): Promise<Change[]> {
  const event = announce(LeadUnmerged, { leadId: original.leadId, apart: leadId, reason });
  const told = outbox(leadPartition(original.leadId), event, at);
  const found = await readWithForm(table, original.leadId);
  const [own, ...later] = posts;
  if (!found || !own) return [told];
  const receivedAt = original.receivedAt;
  const form = later.reduce(
    (before, post) => merged({ form: before, receivedAt }, { form: post.form, receivedAt: post.at }),
    own.form,
  );
  const { lead, changes } = refined(original, found.form, form, own.form);
  return [...(changes.length > 0 ? [save(original, lead), ...changes] : []), told];
}
