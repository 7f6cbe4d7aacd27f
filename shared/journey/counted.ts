import { type Lead, ownerOf } from '../lead/lead.ts';
import type { Interaction } from './interaction.ts';

/** Whose lead it was when a contact was counted, by the row in which it was; nobody's if they had none. */
const ownerIn = ({ row }: NonNullable<Interaction['counted']>): string | undefined => row.sk.split('|')[3] || undefined;

/**
 * Whom a contact is counted for: whoever made it, or whoever had the lead then, where that was an admin without a rep id. It stays
 * theirs when the lead changes hands, and when others correct it.
 */
export function countedFor({ counted, repId }: Pick<Interaction, 'counted' | 'repId'>, lead: Lead): string | undefined {
  if (counted?.repId !== undefined) return counted.repId || undefined;
  return repId ?? (counted ? ownerIn(counted) : ownerOf(lead)?.repId);
}
