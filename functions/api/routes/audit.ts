import * as z from 'zod';
import { recordsOn, verifyDay } from '../../../shared/audit/day/store.ts';
import { type AuditRecord, verify } from '../../../shared/audit/record.ts';
import { replay } from '../../../shared/audit/replay.ts';
import { recordsOf } from '../../../shared/audit/store.ts';
import { read } from '../../../shared/lead/store.ts';
import type { Person } from '../../../shared/platform/identity.ts';
import { Problem } from '../../../shared/platform/problem.ts';
import type { Table } from '../../../shared/platform/table.ts';
import { mustSeeBare } from '../access.ts';
import { id, paging, route } from '../route.ts';

/** A lead the person may see, with its chain. */
async function chainOf(table: Table, person: Person, leadId: string) {
  const lead = await mustSeeBare(table, person, await read(table, leadId), leadId);
  return { lead, records: await recordsOf(table, leadId) };
}

const day = z.iso.date();
const oneOf = 'either leadId or day';
const PAGE = 100;
/** Days hold everybody's decisions. */
function mustBeAdmin(person: Person): void {
  if (person.role !== 'admin') throw new Problem(403, `a ${person.role} may not do this`);
}

/** Checks a lead's audit chain, or the root over all decisions of a day. */
export const verifyAudit = route({
  method: 'GET',
  path: '/audit/verify',
  summary: 'Whether the audit records of a lead, or of a day (UTC), are whole and unchanged',
  roles: ['admin', 'supervisor'],
  query: z
    .object({ leadId: id.optional(), day: day.optional() })
    .refine((asked) => (asked.leadId === undefined) !== (asked.day === undefined), {
      path: ['leadId'],
      message: oneOf,
    }),
  answers: {
    200: z.object({
      records: z.number(),
      intact: z.boolean(),
      firstBroken: z.string().optional(),
      day: z.string().optional(),
      sealed: z.boolean().optional(),
      root: z.string().optional(),
    }),
  },
  handle: async ({ query, person, table }) => {
    if (query.day !== undefined) {
      mustBeAdmin(person);
      return { status: 200, body: await verifyDay(table, query.day) };
    }
    const leadId = query.leadId ?? '';
    const { lead, records } = await chainOf(table, person, leadId);
    return { status: 200, body: verify(leadId, records, lead.audit) };
  },
});

/** The records of a lead, or a page of those of a day. */
async function recordsAsked(
  table: Table,
  person: Person,
  { leadId, day: on, cursor }: { leadId?: string | undefined; day?: string | undefined; cursor?: string | undefined },
): Promise<{ records: AuditRecord[]; nextCursor?: string }> {
  if (leadId !== undefined) return { records: (await chainOf(table, person, leadId)).records };
  mustBeAdmin(person);
  return recordsOn(table, on ?? '', PAGE, cursor);
}

/** Runs recorded decisions again. */
export const replayAudit = route({
  method: 'POST',
  path: '/audit/replay',
  summary: 'Runs the decisions of a lead, or a page of those of a day (UTC), again from their records and compares',
  roles: ['admin', 'supervisor'],
  body: z
    .strictObject({ leadId: id.optional(), day: day.optional(), cursor: paging.cursor })
    .refine((asked) => (asked.leadId === undefined) !== (asked.day === undefined), {
      path: ['leadId'],
      message: oneOf,
    }),
  answers: {
    200: z.object({
      decisions: z.number(),
      identical: z.number(),
      different: z.array(z.string()),
      nextCursor: z.string().optional(),
    }),
  },
  handle: async ({ body, person, table }) => {
    const { records, nextCursor } = await recordsAsked(table, person, body);
    const routed = records.filter(({ inputs }) => inputs !== undefined);
    const different = routed.filter((record) => !replay(record)).map(({ decisionId }) => decisionId);
    const counted = { decisions: routed.length, identical: routed.length - different.length, different };
    return { status: 200, body: nextCursor === undefined ? counted : { ...counted, nextCursor } };
  },
});
