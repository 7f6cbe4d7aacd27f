import { announce } from '../../events/contract.ts';
import { LeadSetAside } from '../../events/lead-set-aside.ts';
import type { Form } from '../../shared/lead/form.ts';
import type { Lead } from '../../shared/lead/lead.ts';
import { create } from '../../shared/lead/store.ts';
import { type Change, riding } from '../../shared/platform/commit.ts';
import type { Deadlines } from '../../shared/sla/rules.ts';
import { baseOf, type Receipt } from './receive.ts';

/**
 * A lead that is kept and given to nobody: a platform's test. Its contact is nobody's: whoever posts the same in earnest is new.
 */
export function setAside(
  form: Form,
  reason: 'test',
  deadlines: Deadlines,
  at: Date,
  leadId: string,
): { changes: Change[]; receipt: Receipt } {
  const lead: Lead = { ...baseOf(leadId, form, deadlines, at), status: 'rejected', reason };
  const event = announce(LeadSetAside, { leadId, source: form.source.channel, reason });
  return {
    changes: create(lead, form, riding(event, at)),
    receipt: { leadId, status: 'received' },
  };
}
