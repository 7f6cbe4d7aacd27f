import type { Form } from '../lead/form.ts';

/** A post and when it came (ISO 8601). */
export interface Posted {
  form: Form;
  receivedAt: string;
}

/** A lead has at most so many numbers of behaviour, whatever is posted. */
const MOST_NUMBERS = 100;

/** Fields that were missing, from the later post. Nothing that was said before is overwritten. */
function filled<T extends object>(known: T | undefined, later: T | undefined): T | undefined {
  if (!later) return known;
  const added = Object.entries(later).filter(
    ([name, value]) => value !== undefined && known?.[name as keyof T] === undefined,
  );
  return added.length === 0 ? known : ({ ...known, ...Object.fromEntries(added) } as T);
}

/**
 * The greater of each number. Forms post running totals of a visit, so that a sum would count a visit twice; the greatest does
 * not depend on how often or in which order the posts come.
 */
function greatest(known: Form['behavior'], later: Form['behavior']): Form['behavior'] {
  if (!later) return known;
  const numbers = { ...known };
  for (const [name, value] of Object.entries(later)) {
    const before = numbers[name];
    if (before === undefined && Object.keys(numbers).length >= MOST_NUMBERS) continue;
    numbers[name] = Math.max(before ?? value, value);
  }
  return numbers;
}

/** When a consent was given or refused. A sender's clock may run ahead: nothing was said after it came. */
const saidAt = ({ form: { consent }, receivedAt }: Posted): string =>
  new Date(Math.min(Date.parse(consent?.at ?? receivedAt), Date.parse(receivedAt))).toISOString();

/** What somebody said about being approached: the later statement counts; of two at once, the refusal. */
function standing(known: Posted, later: Posted): Form['consent'] {
  const [before, after] = [known.form.consent, later.form.consent];
  if (after?.marketing === undefined) return before ?? after;
  if (before?.marketing !== undefined) {
    const [first, second] = [saidAt(known), saidAt(later)];
    if (first > second || (first === second && !(before.marketing && !after.marketing))) return before;
  }
  return { ...after, at: saidAt(later) };
}

/**
 * The form of a lead with what a later post of the same person adds: what was missing of who they are and where, the greater
 * numbers of behaviour, and the consent that counts. The source stays the first.
 */
export function merged(known: Posted, later: Posted): Form {
  const { form } = known;
  const contact = filled(form.contact, later.form.contact);
  const company = filled(form.company, later.form.company);
  const behavior = greatest(form.behavior, later.form.behavior);
  const consent = standing(known, later);
  const productLine = form.productLine ?? later.form.productLine;
  const preferredRepId = form.preferredRepId ?? later.form.preferredRepId;
  // Parts of two addresses would make a place that nobody named.
  const location = form.location ?? later.form.location;
  return {
    ...form,
    ...(contact ? { contact } : {}),
    ...(company ? { company } : {}),
    ...(location ? { location } : {}),
    ...(productLine ? { productLine } : {}),
    ...(behavior ? { behavior } : {}),
    ...(preferredRepId ? { preferredRepId } : {}),
    ...(consent ? { consent } : {}),
  };
}
