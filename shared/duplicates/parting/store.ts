import { contactKeys } from '../../lead/contact.ts';
import type { Form } from '../../lead/form.ts';
import type { Lead } from '../../lead/lead.ts';
import { readForms, readMany } from '../../lead/store.ts';
import { known } from '../../person/store.ts';
import type { Table } from '../../platform/table.ts';
import { type Duplicate, everyTouchOf, ownTouchesOf, rootsOf, type Touch, wayOf } from '../store.ts';
import { type Marks, marksIn, partedFrom } from './parting.ts';

/** A duplicate that goes with a lead which is set apart, and the touch that it is of another. */
export interface Along {
  duplicate: Duplicate;
  of: string;
  touch: Touch;
}

/** What it takes to set a lead apart. */
export interface Parting {
  /** The leads over which it leads to its original, this last. */
  way: Lead[];
  along: Along[];
  /** The contact keys by which the lead is known and the others are not. */
  keys: Set<string>;
  /** The touches that the lead has then. */
  touches: Touch[];
  /** All that is not of the others any more. */
  gone: Set<string>;
}

/** A touch of a lead on the way, with those that lie with it since it was a lead of its own. */
interface Below {
  of: string;
  touch: Touch;
  below: Touch[];
}

const idOf = ({ leadId }: { leadId: string }): string => leadId;

/** What goes with a duplicate that is made a lead of its own, as far as what was posted tells. */
export async function partingOf(table: Table, lead: Duplicate): Promise<Parting> {
  const [way, group] = await Promise.all([wayOf(table, lead), everyTouchOf(table, lead.leadId)]);
  const passed = new Set([lead.leadId, ...way.map(idOf)]);
  const branches = (await Promise.all(way.map(({ leadId }) => branchesOf(table, leadId, passed)))).flat();
  const leads = new Map((await readMany(table, branches.map(touchedBy))).map((each) => [each.leadId, each]));
  const forms = await readForms(
    table,
    [...passed, ...group.map(idOf), ...branches.flatMap(({ touch, below }) => [touch, ...below].map(idOf))],
    'posted',
  );
  const marksOf = (leadIds: readonly string[]): Marks => marksIn(leadIds.flatMap((id) => forms.get(id) ?? []));
  const parted = partedFrom(
    marksOf(way.map(idOf)),
    marksOf([lead.leadId, ...group.map(idOf)]),
    branches.map(({ touch, below }) => ({
      leadId: touch.leadId,
      since: sinceOf(touch, leads.get(touch.leadId)),
      likeness: touch.likeness,
      marks: marksOf([touch, ...below].map(idOf)),
    })),
  );
  const going = branches.filter(({ touch }) => parted.leadIds.has(touch.leadId));
  const touches = [...group, ...going.flatMap(({ touch, below }) => [touch, ...below])];
  return {
    way,
    along: going.flatMap(({ of, touch }) => {
      const duplicate = leads.get(touch.leadId);
      return duplicate?.status === 'duplicate' ? [{ duplicate, of, touch }] : [];
    }),
    keys: parted.keys,
    touches,
    gone: new Set([lead.leadId, ...touches.map(idOf)]),
  };
}

const touchedBy = ({ touch }: Below): string => touch.leadId;

/** Since when a touch is one: since the post came, or since it was merged that was a lead of its own before. */
const sinceOf = (touch: Touch, lead: Lead | undefined): string =>
  (lead?.status === 'duplicate' ? lead.since : undefined) ?? touch.at;

/** The touches of a lead that are none of these, each with what lies below it. */
async function branchesOf(table: Table, of: string, but: ReadonlySet<string>): Promise<Below[]> {
  const own = (await ownTouchesOf(table, of)).filter((touch) => !but.has(touch.leadId));
  return Promise.all(
    own.map(async (touch) => ({ of, touch, below: touch.joined ? await everyTouchOf(table, touch.leadId) : [] })),
  );
}

/**
 * The lead that a post is of by now: its original, unless all by which whoever posted is known leads to one that was set apart from
 * that since. Only of posts that were taken for theirs by what they gave.
 */
export async function rightfulOf(
  table: Table,
  { since, likeness = 'exact' }: Duplicate,
  { contact }: Pick<Form, 'contact'>,
  original: Lead,
): Promise<Lead> {
  if (since !== undefined || likeness !== 'exact') return original;
  const pointers = (await known(table, contactKeys(contact))).map(idOf);
  if (pointers.includes(original.leadId)) return original;
  const roots = [...(await rootsOf(table, pointers)).values()];
  if (roots.some(({ leadId }) => leadId === original.leadId)) return original;
  return roots.find(({ apartFrom }) => apartFrom?.includes(original.leadId)) ?? original;
}
