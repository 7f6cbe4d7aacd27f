import { become, isClosed, type Lead } from '../lead/lead.ts';
import type { Sla, SlaLevel } from '../sla/clock.ts';
import { reopenedFor } from '../sla/lead-clock.ts';
import type { SlaRules } from '../sla/rules.ts';

/** Levels that tell of a missed deadline. */
type Escalated = 'supervisor' | 'exception';

/** What a contact makes of a lead, and which escalations were not true after all. */
export interface Contacted {
  lead: Lead;
  /** The first contact is this one: there was none before, or only later ones. */
  first: boolean;
  withdrawn: Escalated[];
}

const deadline = (sla: Sla, level: Escalated): string =>
  level === 'supervisor' ? sla.supervisorDueAt : sla.exceptionDueAt;

/** The levels that were told and would not have been, had the contact been known. */
function untrue(sla: Sla, contactAt: string): Escalated[] {
  const told: Escalated[] =
    sla.level === 'exception' ? ['supervisor', 'exception'] : sla.level === 'supervisor' ? ['supervisor'] : [];
  return told.filter((level) => contactAt <= deadline(sla, level));
}

/** A lead whose customer its owner waits to reach is contacted from now on; any other stays as it is. */
const reached = (lead: Lead): Lead =>
  lead.status === 'assigned' ? become(lead, { status: 'contacted', owner: lead.owner }) : lead;

/** A lead whose owner turns out not to have been in touch waits for them again, whatever those before them did. */
export const unreached = (lead: Lead): Lead =>
  lead.status === 'contacted' ? become(lead, { status: 'assigned', owner: lead.owner }) : lead;

/** The lead after a contact was made at `contactAt` (ISO 8601): the earliest stops the clock, whenever it is logged. */
export function contacted(lead: Lead, contactAt: string): Contacted {
  const known = lead.sla.firstContactAt;
  // Who was given the lead after its first contact is in touch by a later one; the same one told again says nothing of them.
  if (known !== null && known <= contactAt)
    return { lead: known < contactAt ? reached(lead) : lead, first: false, withdrawn: [] };
  const withdrawn = untrue(lead.sla, contactAt);
  const level: SlaLevel = withdrawn.includes('supervisor')
    ? 'none'
    : withdrawn.length > 0
      ? 'supervisor'
      : lead.sla.level;
  const sla = { ...lead.sla, firstContactAt: contactAt, level };
  return { lead: { ...reached(lead), sla }, first: true, withdrawn };
}

/** What turns out of a lead once a contact with its customer never was. */
export interface Uncontacted {
  lead: Lead;
  /** Nobody was in touch at all: its clock runs again. */
  reopened: boolean;
  /** The exception that nobody was told of, since the contact seemed to be in time. */
  missed: boolean;
}

/** The level that a first contact at this time would have met. */
const levelAt = (sla: Sla, contactAt: string): SlaLevel =>
  contactAt > sla.exceptionDueAt ? 'exception' : contactAt > sla.supervisorDueAt ? 'supervisor' : sla.level;

/**
 * The lead once its first contact never was, and the earliest that remains is `first` (ISO 8601), or none. Where one remains, nobody
 * is told any more what was late: it is only known from then on.
 */
export function uncontacted(lead: Lead, first: string | undefined, rules: SlaRules, at: Date): Uncontacted {
  if (first === undefined) {
    const open = isClosed(lead)
      ? { ...lead, sla: { ...lead.sla, firstContactAt: null } }
      : reopenedFor(lead, rules, at);
    return { lead: open, reopened: !isClosed(lead), missed: false };
  }
  const level = lead.sla.level === 'exception' ? lead.sla.level : levelAt(lead.sla, first);
  const missed = level === 'exception' && lead.sla.level !== 'exception';
  return { lead: { ...lead, sla: { ...lead.sla, firstContactAt: first, level } }, reopened: false, missed };
}
