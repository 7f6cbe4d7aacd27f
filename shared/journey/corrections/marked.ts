import type { Interaction } from '../interaction.ts';

/** A contact beside the record that corrects it, if there is one. */
export type Marked = Interaction & { correctedBy?: string };

/** All records, each that was corrected marked so. */
export function marked(records: readonly Interaction[]): Marked[] {
  const by = new Map(records.flatMap(({ interactionId, corrects }) => (corrects ? [[corrects, interactionId]] : [])));
  return records.map((record) => {
    const correctedBy = by.get(record.interactionId);
    return correctedBy === undefined ? record : { ...record, correctedBy };
  });
}

/** The contacts as they are known to have been, in the order in which they were made: of each the last correction, none that never was. */
export const asTheyWere = (records: readonly Interaction[]): Interaction[] =>
  marked(records)
    .filter(({ correctedBy, retracted }) => correctedBy === undefined && !retracted)
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.interactionId < b.interactionId ? -1 : 1));
