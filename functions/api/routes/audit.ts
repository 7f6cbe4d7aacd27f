import * as z from 'zod';
import { type AuditRecord, verify } from '../../../shared/audit/record.ts';
import { replay } from '../../../shared/audit/replay.ts';
import { recordsOf } from '../../../shared/audit/store.ts';
import { read } from '../../../shared/lead/store.ts';
import type { Person } from '../../../shared/platform/identity.ts';
import type { Table } from '../../../shared/platform/table.ts';
import { mustSee } from '../access.ts';
import { id, route } from '../route.ts';

/** A lead the person may see, with its chain. */
async function chainOf(table: Table, person: Person, leadId: string) {
  const lead = await mustSee(table, person, await read(table, leadId), leadId);
  return { lead, records: await recordsOf(table, leadId) };
}

/** Checks a lead's audit chain. */
export const verifyAudit = route({
  method: 'GET',
  path: '/audit/verify',
  summary: 'Whether a lead’s audit records are whole and unchanged',
  roles: ['admin', 'supervisor'],
  query: z.object({ leadId: id }),
  answers: { 200: z.object({ records: z.number(), intact: z.boolean(), firstBroken: z.string().optional() }) },
  handle: async ({ query: { leadId }, person, table }) => {
    const { lead, records } = await chainOf(table, person, leadId);
    return { status: 200, body: verify(leadId, records, lead.audit) };
  },
});

/** Runs a lead's recorded decisions again. */
export const replayAudit = route({
  method: 'POST',
  path: '/audit/replay',
  summary: 'Runs the recorded decisions of a lead again from their records and says how many come out the same',
  roles: ['admin', 'supervisor'],
  body: z.strictObject({ leadId: id }),
  answers: { 200: z.object({ decisions: z.number(), identical: z.number() }) },
  handle: async ({ body: { leadId }, person, table }) => {
    const { records } = await chainOf(table, person, leadId);
    const routed = records.filter((record: AuditRecord) => record.inputs !== undefined);
    return { status: 200, body: { decisions: routed.length, identical: routed.filter(replay).length } };
  },
});
