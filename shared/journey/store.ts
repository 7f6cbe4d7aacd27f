import { leadPartition } from '../lead/partition.ts';
import { absent, type Change, put } from '../platform/commit.ts';
import { query, type Table } from '../platform/table.ts';
import type { Interaction } from './interaction.ts';

/** Adds a contact to a lead's records. Append-only. */
export const addInteraction = (leadId: string, interaction: Interaction): Change =>
  put(
    'interaction',
    { pk: leadPartition(leadId), sk: `INTERACTION#${interaction.interactionId}`, interaction },
    absent,
  );

/** The contacts with a lead, oldest first. */
export async function interactionsOf(from: Table, leadId: string): Promise<Interaction[]> {
  const items = await query(from, { pk: leadPartition(leadId), begins: 'INTERACTION#' });
  return items.map((item) => item.interaction as Interaction);
}
