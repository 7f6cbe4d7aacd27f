import { isFrozen } from '../rep.ts';
import { type Announced, announced } from '../roster.ts';
import { isPast, type Said, today, type Word } from '../staff/word.ts';

/** Rows that HR knew at a time (ISO 8601, UTC). */
export interface Known {
  asOf: string;
  rows: readonly Said[];
  /** Of a whole roster: everybody whom it names. Who is not among them had left by then. */
  everybody?: ReadonlySet<string>;
}

/** One value of a field (null: taken back), and when HR knew it. */
interface Told {
  asOf: string;
  value: string | null;
}

/** Beside dates, none is the greatest of a leave's: it begins at once, and does not end. That nobody leaves is less than any day. */
const rank = (field: string, value: string | null): string => value ?? (field === 'leftAt' ? '' : '~');

/** Of two values the one known later stands; of two known at the very same time the greater. */
const stands = (field: string, a: Told, b: Told | undefined): boolean =>
  b === undefined || a.asOf > b.asOf || (a.asOf === b.asOf && rank(field, a.value) > rank(field, b.value));

/**
 * A row with what it takes back unsaid: who works has no dates of a leave but those that the row names, who leaves none, and a leave
 * that is told anew by its beginning has no end but that which is told with it.
 */
function unfolded(row: Said): Said {
  const { status, leaveFrom, leaveUntil } = row;
  if (status === undefined) return row;
  if (status === 'on-leave') return leaveFrom && leaveUntil === undefined ? { ...row, leaveUntil: null } : row;
  if (isFrozen({ status })) return { ...row, leaveFrom: null, leaveUntil: null };
  return { ...row, leaveFrom: leaveFrom ?? null, leaveUntil: leaveUntil ?? null };
}

/** What being absent from a whole roster says. */
const absence = unfolded({ employeeId: '', status: 'left' });

/** When HR last said of somebody that they work here, and that they are on leave. */
interface Present {
  works: string;
  away: string;
}

const later = (a: string, b: string): string => (a > b ? a : b);

const seenIn = ({ status }: Said, asOf: string, { works, away }: Present = { works: '', away: '' }): Present => ({
  works: status === 'active' || status === 'on-leave' ? later(asOf, works) : works,
  away: status === 'on-leave' ? later(asOf, away) : away,
});

/** The last word on every field, of pushes taken in any order. Dates are days in the company's time zone. */
export class LastWord {
  readonly #zone: string;
  readonly #fields = new Map<string, Map<string, Told>>();
  readonly #present = new Map<string, Present>();
  readonly #wholes: { asOf: string; everybody: ReadonlySet<string> }[] = [];

  constructor(zone: string) {
    this.#zone = zone;
  }

  /** Takes a push in. */
  take({ asOf, rows, everybody }: Known): void {
    for (const row of rows) {
      const { employeeId, ...fields } = unfolded(row);
      const known = this.#fields.get(employeeId) ?? new Map<string, Told>();
      this.#fields.set(employeeId, known);
      for (const [field, value] of Object.entries(fields)) {
        if (value === undefined) continue;
        const told = { asOf, value };
        if (stands(field, told, known.get(field))) known.set(field, told);
      }
      this.#present.set(employeeId, seenIn(row, asOf, this.#present.get(employeeId)));
    }
    if (everybody) this.#wholes.push({ asOf, everybody });
  }

  /**
   * A row known at a time, each of its fields as the last word on it says. `kept`: what HR said before. Dates of it that this takes
   * back come as null.
   */
  on(row: Said, asOf: string, kept?: Word): Said {
    const { employeeId, ...fields } = unfolded(row);
    const known = this.#fields.get(employeeId);
    const settled = new Map<string, Told>();
    for (const [field, value] of Object.entries(fields)) {
      if (value === undefined) continue;
      const candidates = [known?.get(field), ...this.#absences(employeeId, field)];
      const last = candidates.reduce<Told>((best, each) => (each && stands(field, each, best) ? each : best), {
        asOf,
        value,
      });
      settled.set(field, last);
    }
    const present = seenIn(row, asOf, this.#present.get(employeeId));
    const isOvertaken = (field: Announced, since: string): boolean => {
      const { asOf: then, value } = settled.get(field) ?? known?.get(field) ?? before(kept, field) ?? nothing;
      return value !== null && since > then && isPast(value, today(new Date(since), this.#zone));
    };
    // What was past when HR said once more that somebody works here, or is on leave, is of a time before.
    const overtaken: Announced[] = isOvertaken('leftAt', present.works) ? ['leftAt'] : [];
    if (isOvertaken('leaveUntil', present.away))
      overtaken.push('leaveUntil', ...(isOvertaken('leaveFrom', present.away) ? (['leaveFrom'] as const) : []));
    for (const field of overtaken) settled.set(field, { asOf, value: null });
    for (const field of announced)
      if (settled.get(field)?.value === null && kept?.[field] === undefined) settled.delete(field);
    return { employeeId, ...Object.fromEntries([...settled].map(([field, { value }]) => [field, value])) };
  }

  #absences(employeeId: string, field: string): Told[] {
    const value = absence[field as keyof Said];
    if (value === undefined || field === 'employeeId') return [];
    return this.#wholes.flatMap(({ asOf, everybody }) => (everybody.has(employeeId) ? [] : [{ asOf, value }]));
  }
}

const nothing: Told = { asOf: '', value: null };

/** What was said before all that is known of. */
function before(kept: Word | undefined, field: Announced): Told | undefined {
  const value = kept?.[field];
  return value === undefined ? undefined : { asOf: '', value };
}
