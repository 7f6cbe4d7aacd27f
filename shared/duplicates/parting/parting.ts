import { companyKey, contactKeys } from '../../lead/contact.ts';
import type { Form } from '../../lead/form.ts';
import type { Likeness } from '../../lead/lead.ts';
import { plainName } from '../similar.ts';

/** By what whoever posted is known: their contact keys, and their names with their companies. */
export interface Marks {
  keys: readonly string[];
  names: readonly string[];
}

/** By what is known who posted these forms. */
export const marksIn = (forms: readonly Pick<Form, 'contact' | 'company'>[]): Marks => ({
  keys: forms.flatMap(({ contact }) => contactKeys(contact)),
  names: forms.flatMap(({ contact, company }) => {
    const key = companyKey(company?.name);
    return key === undefined || contact.name === undefined ? [] : [`${key} ${plainName(contact.name)}`];
  }),
});

/** What became of a lead at once: a post, or another lead with all its posts. */
export interface Branch {
  leadId: string;
  /** Since when it is of that lead (ISO 8601). */
  since: string;
  likeness: Likeness;
  marks: Marks;
}

/** What goes with a lead that is set apart from another. */
export interface Parted {
  leadIds: Set<string>;
  /** The contact keys by which it is known, and the other is not. */
  keys: Set<string>;
}

const inTurn = (a: Branch, b: Branch): number =>
  a.since === b.since ? (a.leadId < b.leadId ? -1 : 1) : a.since < b.since ? -1 : 1;

/**
 * What goes with a lead that is set apart: what came to be of the other only because whoever posted is known by what this one, or
 * something that goes with it, had told. What the other's own customer told before is theirs, as is whatever somebody merged by hand.
 */
export function partedFrom(stays: Marks, leaves: Marks, branches: readonly Branch[]): Parted {
  const kept = new Set([...stays.keys, ...stays.names]);
  const gone = new Set([...leaves.keys, ...leaves.names]);
  const keys = new Set(leaves.keys);
  const leadIds = new Set<string>();
  for (const { leadId, likeness, marks } of [...branches].sort(inTurn)) {
    const by = likeness === 'likely' ? [...marks.keys, ...marks.names] : marks.keys;
    const goes = likeness !== 'by-hand' && by.some((mark) => gone.has(mark)) && !by.some((mark) => kept.has(mark));
    for (const mark of [...marks.keys, ...marks.names]) (goes ? gone : kept).add(mark);
    if (!goes) continue;
    leadIds.add(leadId);
    for (const key of marks.keys) keys.add(key);
  }
  return { leadIds, keys: new Set([...keys].filter((key) => !kept.has(key))) };
}
