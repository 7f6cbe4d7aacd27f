/** An event as the witness needs it: its type, when the bus took it (ISO 8601), and what it says. */
export interface Heard {
  'detail-type': string;
  time: string;
  detail: Record<string, unknown>;
}

const ENDS = ['RepFrozen', 'RepAway'];
/** A repeat comes soon after. */
const REMEMBERED = 50_000;
const ONCE = ['LeadReminded', 'LeadOverdue', 'LeadMissed'];

/** Listens to all events, in the order in which they were committed, and notes what must never happen. */
export class Witness {
  readonly violations: string[] = [];
  readonly received = new Set<string>();
  readonly duplicates = new Set<string>();
  /** When somebody was taken off the rota, in milliseconds since 1970. */
  readonly frozenAt: number[] = [];
  #seen = new Set<string>();
  #seenBefore = new Set<string>();
  readonly #away = new Set<string>();
  readonly #escalated = new Set<string>();

  hear({ 'detail-type': type, time, detail }: Heard): void {
    // The bus may say the same twice.
    const eventId = String(detail.eventId ?? `${type} ${time} ${detail.leadId}`);
    if (this.#seen.has(eventId) || this.#seenBefore.has(eventId)) return;
    this.#seen.add(eventId);
    if (this.#seen.size >= REMEMBERED) [this.#seenBefore, this.#seen] = [this.#seen, new Set()];
    const [leadId, repId] = [String(detail.leadId), String(detail.repId)];
    if (type === 'LeadReceived') this.received.add(leadId);
    if (type === 'LeadDuplicated') this.duplicates.add(leadId);
    if (ENDS.includes(type)) {
      this.#away.add(repId);
      this.frozenAt.push(Date.parse(time));
    }
    if (type === 'RepBack') this.#away.delete(repId);
    if (type === 'LeadAssigned' && this.#away.has(repId))
      this.violations.push(`${leadId} was given to ${repId}, who is away`);
    if (!ONCE.includes(type)) return;
    const step = `${type} ${leadId}`;
    if (this.#escalated.has(step)) this.violations.push(`${leadId}: ${type} twice`);
    this.#escalated.add(step);
  }
}
