import * as z from 'zod';
import { askErasure, type Erasure, erasureReasons, readErasure } from '../../../shared/person/erasure/store.ts';
import { heldOf } from '../../../shared/person/export/store.ts';
import { leadIn, type Whole, wholeOf } from '../../../shared/person/whole/store.ts';
import { notFound, Problem } from '../../../shared/platform/problem.ts';
import type { Table } from '../../../shared/platform/table.ts';
import { id, route } from '../route.ts';
import { time } from '../views.ts';

const params = z.object({ personId: id });
/** An answer holds so many bytes. */
const MOST = 5 * 1024 * 1024;

/** A person, and their erasure if somebody asked for it. @throws Problem 404 */
async function found(table: Table, personId: string): Promise<{ whole: Whole; erasure: Erasure | undefined }> {
  const leadId = leadIn(personId);
  const whole = leadId === undefined ? undefined : await wholeOf(table, leadId);
  if (!whole) throw notFound(`person ${personId}`);
  return { whole, erasure: await readErasure(table, whole.personId) };
}

const state = z.object({
  personId: z.string(),
  leadIds: z.array(z.string()),
  state: z.enum(['held', 'erasing', 'erased']),
  askedAt: time.optional(),
  erasedAt: time.optional(),
  by: z.object({ role: z.string(), repId: z.string().optional() }).optional(),
  reason: z.enum(erasureReasons).optional(),
});

const getPerson = route({
  method: 'GET',
  path: '/persons/{personId}',
  summary:
    'Which leads are of one person (`personId` of any of them), and whether they are being erased, when, by whom and why',
  roles: ['admin'],
  params,
  answers: { 200: state },
  handle: async ({ params: { personId }, table }) => {
    const { whole, erasure } = await found(table, personId);
    const held = { personId: whole.personId, leadIds: whole.leads.map(({ leadId }) => leadId), state: 'held' };
    return { status: 200, body: erasure ?? held };
  },
});

const exportPerson = route({
  method: 'GET',
  path: '/persons/{personId}/export',
  summary:
    'All that is held of a person, as JSON: what they posted, what happened, was said and decided, and a list of the files, each to be had for five minutes',
  roles: ['admin'],
  params,
  answers: {
    200: z.object({
      personId: z.string(),
      exportedAt: time,
      leads: z.array(z.record(z.string(), z.unknown())),
      files: z.array(
        z.object({
          leadId: z.string(),
          uploadId: z.string(),
          name: z.string(),
          type: z.string(),
          bytes: z.number(),
          at: time,
          by: z.string().optional(),
          url: z.string().optional(),
        }),
      ),
      quarantine: z.array(z.record(z.string(), z.string())),
    }),
  },
  handle: async ({ params: { personId }, table, now }) => {
    const { whole, erasure } = await found(table, personId);
    if (erasure) throw new Problem(410, `person ${whole.personId} is ${erasure.state}`);
    const body = await heldOf(table, whole, now());
    if (Buffer.byteLength(JSON.stringify(body)) > MOST) throw new Problem(413, 'more is held than an answer takes');
    return {
      status: 200,
      body,
      headers: { 'content-disposition': `attachment; filename="${whole.personId}.json"` },
    };
  },
});

const deletePerson = route({
  method: 'DELETE',
  path: '/persons/{personId}',
  summary:
    'Erases what is known of a person, with all their leads: who they are, what they posted, said and uploaded. What reports count and the audit chain stay, without them. Once; it cannot be undone',
  roles: ['admin'],
  params,
  query: z.object({ reason: z.enum(erasureReasons).default('request') }),
  answers: { 200: state, 202: state },
  handle: async ({ params: { personId }, query: { reason }, person, table, now }) => {
    const { whole, erasure } = await found(table, personId);
    if (erasure?.state === 'erased') return { status: 200, body: erasure };
    const by = { role: person.role, ...(person.repId === undefined ? {} : { repId: person.repId }) };
    return { status: 202, body: await askErasure(table, whole, { by, reason }, now()) };
  },
});

/** What is held of one person: shown, given out, erased. */
export const personRoutes = [getPerson, exportPerson, deletePerson] as const;
