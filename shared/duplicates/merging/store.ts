import { announce, type OutgoingEvent } from '../../../events/contract.ts';
import { LeadUnmerged } from '../../../events/lead-unmerged.ts';
import type { Decision } from '../../audit/record.ts';
import { companyKey, contactKeys } from '../../lead/contact.ts';
import type { Form } from '../../lead/form.ts';
import { isClosed, type Lead } from '../../lead/lead.ts';
import { leadPartition } from '../../lead/partition.ts';
import { following } from '../../lead/routed-by.ts';
import { listWithCompany, readForms, readWithForm, save, saveForm } from '../../lead/store.ts';
import { claim, type Known, known } from '../../person/store.ts';
import { iso } from '../../platform/clock.ts';
import { type Change, commit, outbox } from '../../platform/commit.ts';
import type { Table } from '../../platform/table.ts';
import { rulesNow } from '../../routing/facts/store.ts';
import { release } from '../../routing/store.ts';
import { protect, type Sla, startClock } from '../../sla/clock.ts';
import { type Deadlines, deadlines } from '../../sla/rules.ts';
import { merged } from '../merged.ts';
import { type Along, type Parting, partingOf } from '../parting/store.ts';
import {
  addTouch,
  type Duplicate,
  everyTouchOf,
  joinTouch,
  postsOf,
  readTouch,
  type Touch,
  undoTouch,
} from '../store.ts';

/** The lead with another form, and the form beside what was posted; nothing when it says the same. */
export function refined(lead: Lead, before: Form, after: Form, posted: Form): { lead: Lead; changes: Change[] } {
  if (JSON.stringify(before) === JSON.stringify(after)) return { lead, changes: [] };
  const keys = [before, after].map(({ company }) => companyKey(company?.name));
  const listed = keys[1] !== undefined && keys[0] === undefined ? 'newly' : 'as it is';
  return { lead: following(lead, before, after), changes: [saveForm(lead.leadId, after, posted, listed)] };
}

/** Who says that a duplicate is a lead of its own, and why. */
type By = NonNullable<Decision['by']>;

/** So many writes of keys and posts are made at once: with the others a transaction holds a hundred. */
const MOST = 60;
/** The writes that make a post a touch of another lead. */
const MOVE = 3;

/**
 * Makes a duplicate a lead of its own because somebody says so: known again by what only it had told, with the posts that came to the
 * other only by that. All of it at once; what is more than a transaction holds goes before, to a lead that still leads to the same
 * one, so that nothing is to be seen of it: should this break off there, it goes on when it is asked for again.
 */
export async function takeApart(
  table: Table,
  lead: Duplicate,
  original: Lead | undefined,
  by: By,
  at: Date,
): Promise<void> {
  const undone = { at: iso(at), ...saidBy(by) };
  for (;;) {
    const parting = await partingOf(table, lead);
    const [claims, touch] = await Promise.all([
      claimsOf(table, lead, original, parting),
      readTouch(table, lead.duplicateOf, lead.leadId),
    ]);
    const moves = parting.along.map((each) => moved(each, lead.leadId, undone));
    if (claims.length + moves.length * MOVE <= MOST) {
      const undoing = touch && !touch.undone ? [undoTouch(lead.duplicateOf, lead.leadId, undone)] : [];
      const own = await apart(table, lead, original, parting, by, at);
      return commit(table, [...own, ...claims, ...moves.flat(), ...undoing]);
    }
    const first = claims.slice(0, MOST);
    const some = moves.slice(0, Math.floor((MOST - first.length) / MOVE)).flat();
    // Its touches count for the other as long as it is one itself.
    const joins = touch && !touch.joined && !touch.undone ? [joinTouch(lead.duplicateOf, lead.leadId)] : [];
    await commit(table, [...first, ...some, ...joins]);
  }
}

const saidBy = ({ role, repId, reason }: By) => ({ role, reason, ...(repId === undefined ? {} : { repId }) });

/** Makes a post, or a lead with all its posts, one of another lead. */
const moved = ({ duplicate, of, touch }: Along, to: string, undone: NonNullable<Touch['undone']>): Change[] => [
  save(duplicate, { ...duplicate, duplicateOf: to }),
  addTouch(to, touch),
  undoTouch(of, duplicate.leadId, undone),
];

/** Ties contact keys that point to one of these leads to another. */
const tied = (pointers: readonly Known[], from: ReadonlySet<string>, leadId: string): Change[] =>
  pointers.filter((seen) => from.has(seen.leadId)).map((seen) => claim(seen.contactKey, leadId, seen));

/** Gives a lead its contact keys back: of an original that has ended, those that both gave, too. */
async function claimsOf(
  table: Table,
  { leadId, duplicateOf }: Duplicate,
  original: Lead | undefined,
  { way, keys, gone }: Parting,
): Promise<Change[]> {
  const all = !original || isClosed(original);
  const forms = all ? await readForms(table, [...gone], 'posted') : new Map<string, Form>();
  const theirs = new Set([...keys, ...[...forms.values()].flatMap(({ contact }) => contactKeys(contact))]);
  const from = new Set([duplicateOf, ...way.map((each) => each.leadId)]);
  return tied(await known(table, [...theirs]), from, leadId);
}

/** The lead itself set apart, announced, with the form that its posts make; and the others with what their own make. */
async function apart(
  table: Table,
  lead: Duplicate,
  original: Lead | undefined,
  { way, along, touches, gone }: Parting,
  by: By,
  at: Date,
): Promise<Change[]> {
  const { sla, versions } = await rulesNow(table);
  const own = await madeOf(table, lead, touches);
  const clicked = !lead.conversions && along.some(({ duplicate }) => duplicate.conversions);
  const passed = way.map(({ leadId }) => leadId);
  const before = (lead.apartFrom ?? []).filter((leadId) => !passed.includes(leadId));
  const fresh = {
    ...startedAnew(own?.lead ?? lead, original, deadlines(sla), at),
    ...(clicked ? { conversions: [] } : {}),
    ...(passed.length > 0 ? { apartFrom: [...before, ...passed] } : {}),
  };
  const others = await Promise.all(way.map((each) => withoutThose(table, each, gone)));
  const event = original && announce(LeadUnmerged, { leadId: original.leadId, apart: lead.leadId, reason: by.reason });
  return [
    ...release(fresh, 'unmerged', by, versions, at),
    ...(own ? formOf(lead.leadId, own) : []),
    ...others.flat(),
    ...(original && event ? [told(original, event, at)] : []),
  ];
}

const told = ({ leadId }: Lead, event: OutgoingEvent, at: Date): Change => outbox(leadPartition(leadId), event, at);

/** A lead that begins anew: a customer who was contacted while it was one of its own is contacted still. */
function startedAnew<L extends Lead>(lead: L, original: Lead | undefined, due: Deadlines, at: Date): L {
  const sla: Sla = lead.sla.firstContactAt === null ? startClock(at, due) : protect(lead.sla, due, at);
  const previousBy =
    lead.status === 'duplicate' && lead.likeness === 'likely' ? ('company' as const) : ('person' as const);
  return { ...lead, sla, ...(original ? { previousLeadId: original.leadId, previousBy } : {}) };
}

/** Makes a duplicate a lead of its own since the other had ended before it came. All writes of one transaction. */
export async function cameAfter(
  table: Table,
  lead: Duplicate,
  original: Lead | undefined,
  at: Date,
): Promise<Change[]> {
  const [{ sla, versions }, forms] = await Promise.all([rulesNow(table), readForms(table, [lead.leadId], 'posted')]);
  const form = forms.get(lead.leadId);
  const from = new Set([lead.duplicateOf, ...(original ? [original.leadId] : [])]);
  return [
    ...release(startedAnew(lead, original, deadlines(sla), at), 'original-closed', undefined, versions, at),
    ...(form ? tied(await known(table, contactKeys(form.contact)), from, lead.leadId) : []),
    ...(form ? listWithCompany(lead.leadId, form) : []),
  ];
}

/** A lead with the form that its own post and later ones make. */
interface Made {
  lead: Lead;
  form: Form;
  posted: Form;
  changes: Change[];
}

/** The lead as these posts make it; undefined when nothing is known of its own. */
async function madeOf(table: Table, lead: Lead, touches: readonly Touch[]): Promise<Made | undefined> {
  const { leadId, receivedAt } = lead;
  const inTurn = [...touches].sort((a, b) => (a.at < b.at ? -1 : 1));
  const [found, posts] = await Promise.all([
    readWithForm(table, leadId),
    postsOf(table, [{ leadId, at: receivedAt, likeness: 'exact' }, ...inTurn]),
  ]);
  const [own, ...later] = posts;
  if (!found || own?.leadId !== leadId) return undefined;
  const form = later.reduce(
    (before, post) => merged({ form: before, receivedAt }, { form: post.form, receivedAt: post.at }),
    own.form,
  );
  return { form, posted: own.form, ...refined(lead, found.form, form, own.form) };
}

/** Stores the form of a lead that was none of its own, and lists it with its company. */
const formOf = (leadId: string, { form, posted, changes }: Made): Change[] =>
  changes.length > 0 ? [saveForm(leadId, form, posted, 'newly')] : listWithCompany(leadId, form);

/** A lead with a form that these posts had no part in. */
export async function withoutThose(table: Table, lead: Lead, gone: ReadonlySet<string>): Promise<Change[]> {
  const touches = (await everyTouchOf(table, lead.leadId)).filter((touch) => !gone.has(touch.leadId));
  const made = await madeOf(table, lead, touches);
  return made && made.changes.length > 0 ? [save(lead, made.lead), ...made.changes] : [];
}
