import type { Said } from '../staff/word.ts';

/** Rows that HR knew at a time (ISO 8601, UTC). */
export interface Known {
  asOf: string;
  rows: readonly Said[];
  /** Of a whole roster: everybody whom it names. Who is not among them had left by then. */
  everybody?: ReadonlySet<string>;
}

/** One value of a field, and when HR knew it. */
interface Told {
  asOf: string;
  value: string;
}

/** Of two values the one known later stands; of two known at the very same time the greater. */
const stands = (a: Told, b: Told | undefined): boolean =>
  b === undefined || a.asOf > b.asOf || (a.asOf === b.asOf && a.value > b.value);

/** The last word on every field, of pushes taken in any order. */
export class LastWord {
  readonly #fields = new Map<string, Map<string, Told>>();
  readonly #wholes: { asOf: string; everybody: ReadonlySet<string> }[] = [];

  /** Takes a push in. */
  take({ asOf, rows, everybody }: Known): void {
    for (const { employeeId, ...fields } of rows) {
      const known = this.#fields.get(employeeId) ?? new Map<string, Told>();
      this.#fields.set(employeeId, known);
      for (const [field, value] of Object.entries(fields)) {
        if (value === undefined) continue;
        const told = { asOf, value };
        if (stands(told, known.get(field))) known.set(field, told);
      }
    }
    if (everybody) this.#wholes.push({ asOf, everybody });
  }

  /** A row known at a time, each of its fields as the last word on it says. */
  on({ employeeId, ...fields }: Said, asOf: string): Said {
    const known = this.#fields.get(employeeId);
    const settled = Object.entries(fields).flatMap(([field, value]) => {
      if (value === undefined) return [];
      const candidates = [
        { asOf, value },
        known?.get(field),
        ...(field === 'status' ? this.#absences(employeeId) : []),
      ];
      const last = candidates.reduce<Told | undefined>(
        (best, each) => (each && stands(each, best) ? each : best),
        undefined,
      );
      return [[field, last?.value]];
    });
    return { employeeId, ...Object.fromEntries(settled) };
  }

  #absences(employeeId: string): Told[] {
    return this.#wholes.flatMap(({ asOf, everybody }) => (everybody.has(employeeId) ? [] : [{ asOf, value: 'left' }]));
  }
}
