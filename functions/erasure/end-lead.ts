import { type Decision, ERASED, seal } from '../../shared/audit/record.ts';
import { append } from '../../shared/audit/store.ts';
import { current } from '../../shared/config/store.ts';
import { cancelAll } from '../../shared/journey/tasks/closing/store.ts';
import { become, isClosed, isOpen, type Lead } from '../../shared/lead/lead.ts';
import { read, save } from '../../shared/lead/store.ts';
import { letGo } from '../../shared/org/store.ts';
import type { Erasure } from '../../shared/person/erasure/store.ts';
import { iso } from '../../shared/platform/clock.ts';
import { commit, reconsider } from '../../shared/platform/commit.ts';
import type { Table } from '../../shared/platform/table.ts';

/** Ends a lead that is still worked with, since its customer is erased, and puts on record who wanted that; once. */
export const endLead = (table: Table, leadId: string, { personId, by, reason }: Erasure, at: Date): Promise<void> =>
  reconsider(async () => {
    const lead = await read(table, leadId);
    if (!lead || lead.erased) return;
    const versions = await current(table);
    const decision: Decision = {
      outcome: 'released',
      basis: ERASED,
      ...(isOpen(lead) ? { repId: lead.owner.repId } : {}),
      by: { ...by, reason },
      candidates: [],
      flip: [],
      versions,
    };
    const sealed = seal(leadId, lead.audit, decision, at);
    const { changes, lead: emptied } = await cancelAll(table, lead, ERASED, at);
    const ended = {
      ...over(emptied, at),
      erased: { at: iso(at), personId },
      audit: { records: sealed.number, hash: sealed.hash },
    };
    await commit(table, [save(lead, ended), append(sealed), ...changes, ...(isOpen(lead) ? [letGo(lead.owner)] : [])]);
  });

/** One that has ended stays as it ended: it is counted so. */
function over(lead: Lead, at: Date): Lead {
  if (isClosed(lead) && !(lead.status === 'rejected' && lead.review)) return lead;
  const { trial, nextAttemptAt, lastCause, ...rest } = lead;
  return become({ ...rest, attempts: 0 } as Lead, { status: 'rejected', reason: ERASED, since: iso(at) });
}
