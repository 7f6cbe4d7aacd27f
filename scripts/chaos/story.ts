import { unpacked } from '../../shared/audit/packing.ts';
import { unpacked as unpackedLead } from '../../shared/lead/packing.ts';
import type { Item } from './records.ts';

/** A decision as it lies in a lead's partition. Only its packing, and the lead's, is the product's own; nothing else here is. */
export interface Decision {
  number: number;
  at: string;
  outcome: 'assigned' | 'failed' | 'manual' | 'released';
  repId?: string | undefined;
  basis: string;
  waitsUntil?: string | undefined;
  previousHash: string;
  hash: string;
  inputs?: { reps: { repId: string; status: string; openLeads: number; capacity: number }[] } | undefined;
}

/** An event as it lies in its subject's partition. */
export interface Event {
  eventId: string;
  type: string;
  at: string;
  detail: Record<string, unknown>;
}

/** A lead's state. */
export interface Lead {
  leadId: string;
  status: string;
  owner?: { repId: string };
  duplicateOf?: string;
  held?: boolean;
  attempts: number;
  nextAttemptAt?: string;
  sla: { remindDueAt?: string; supervisorDueAt: string; exceptionDueAt: string; firstContactAt: string | null };
  audit: { records: number; hash: string };
}

/** All that lies in one lead's partition. */
export interface Story {
  lead: Lead;
  decisions: Decision[];
  events: Event[];
  items: number;
  /** Of all of them, as JSON. */
  bytes: number;
}

/** States in which a lead has an owner. */
export const OWNED: ReadonlySet<string> = new Set(['assigned', 'contacted']);

/** The events among items: each an item of its own, or riding in one. */
export const eventsOf = (items: readonly Item[]): Event[] =>
  items.flatMap((item) => {
    if (item.sk.startsWith('EVENT#')) return [item as unknown as Event];
    const rides = item.event as Event | undefined;
    return rides ? [{ ...rides, detail: { ...rides.detail, eventId: rides.eventId, at: rides.at } }] : [];
  });

/** What an item weighs, roughly: its values as text, or the bytes that they are. */
const sizeOf = (item: Item): number =>
  Object.values(item).reduce<number>(
    (sum, value) => sum + (value instanceof Uint8Array ? value.length : (JSON.stringify(value) ?? '').length),
    0,
  );

/** The story of every lead, by its id. */
export function storiesOf(items: readonly Item[]): Map<string, Story> {
  const partitions = new Map<string, Item[]>();
  for (const item of items) {
    if (!item.pk.startsWith('LEAD#')) continue;
    const known = partitions.get(item.pk) ?? [];
    known.push(item);
    partitions.set(item.pk, known);
  }
  const stories = new Map<string, Story>();
  for (const [pk, all] of partitions) {
    const stored = all.find(({ sk }) => sk === 'LEAD');
    if (!stored) continue;
    // As it is, in what was stored before leads were packed.
    const lead = (stored.lead ?? unpackedLead(stored.packed as Uint8Array)) as Lead;
    const decisions = all
      .filter(({ sk }) => sk.startsWith('DECISION#'))
      .map(({ packed }) => unpacked(packed as Uint8Array) as unknown as Decision)
      .sort((a, b) => a.number - b.number);
    const bytes = all.reduce((sum, item) => sum + sizeOf(item), 0);
    stories.set(pk.slice('LEAD#'.length), { lead, decisions, events: eventsOf(all), items: all.length, bytes });
  }
  return stories;
}
