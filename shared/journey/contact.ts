import { become, type Lead, ownerOf } from '../lead/lead.ts';
import type { Sla, SlaLevel } from '../sla/clock.ts';

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

/** The lead after a contact was made at `contactAt` (ISO 8601): the earliest stops the clock, whenever it is logged. */
export function contacted(lead: Lead, contactAt: string): Contacted {
  const known = lead.sla.firstContactAt;
  if (known !== null && known <= contactAt) return { lead, first: false, withdrawn: [] };
  const withdrawn = untrue(lead.sla, contactAt);
  const level: SlaLevel = withdrawn.includes('supervisor')
    ? 'none'
    : withdrawn.length > 0
      ? 'supervisor'
      : lead.sla.level;
  const sla = { ...lead.sla, firstContactAt: contactAt, level };
  const owner = ownerOf(lead);
  const after =
    lead.status === 'assigned' && owner ? { ...become(lead, { status: 'contacted', owner }), sla } : { ...lead, sla };
  return { lead: after, first: true, withdrawn };
}
