import type { Employee } from '../roster.ts';

/** What a row says of one person, some of it perhaps overtaken. */
export type Said = Pick<Employee, 'employeeId'> & Partial<Employee>;

/** Rows that HR knew at a time (ISO 8601, UTC). */
export interface Known {
  asOf: string;
  rows: readonly Employee[];
}

type Fields = Record<string, string | undefined>;

/** Whether another word on a field, at that time, stands above this one. Of two at the very same time the greater does. */
const overtakes = (other: { asOf: string; value: string }, asOf: string, value: string): boolean =>
  other.asOf > asOf || (other.asOf === asOf && other.value > value);

/**
 * What still holds of rows that arrive after others which HR knew later: each field by itself, so that pushes end in the same
 * state in whatever order they arrive. Rows of which nothing holds are left out.
 */
export function notOvertaken({ asOf, rows }: Known, others: readonly Known[]): Said[] {
  const words = new Map<string, Map<string, { asOf: string; value: string }[]>>();
  for (const other of others) {
    for (const { employeeId, ...fields } of other.rows) {
      const ofPerson = words.get(employeeId) ?? new Map<string, { asOf: string; value: string }[]>();
      words.set(employeeId, ofPerson);
      for (const [field, value] of Object.entries(fields as Fields)) {
        if (value !== undefined) ofPerson.set(field, [...(ofPerson.get(field) ?? []), { asOf: other.asOf, value }]);
      }
    }
  }
  return rows.flatMap(({ employeeId, ...fields }) => {
    const ofPerson = words.get(employeeId);
    const held = Object.entries(fields as Fields).filter(
      ([field, value]) => value !== undefined && !ofPerson?.get(field)?.some((other) => overtakes(other, asOf, value)),
    );
    return held.length === 0 ? [] : [{ employeeId, ...Object.fromEntries(held) }];
  });
}
