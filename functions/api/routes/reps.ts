import * as z from 'zod';
import { rosterChanged } from '../../../shared/config/store.ts';
import type { Rep } from '../../../shared/org/rep.ts';
import { listReps, readRep, readReps, saveSettings, teamMembers } from '../../../shared/org/store.ts';
import { commit } from '../../../shared/platform/commit.ts';
import type { Person } from '../../../shared/platform/identity.ts';
import { notFound, Problem } from '../../../shared/platform/problem.ts';
import type { Table } from '../../../shared/platform/table.ts';
import { id, page, paging, route } from '../route.ts';
import { repView } from '../views.ts';

const params = z.object({ repId: id });

/** The reps a person may see: an admin all (paged), a supervisor their team, a rep themselves. */
async function visible(table: Table, person: Person, limit: number, cursor?: string) {
  if (person.role === 'admin') return listReps(table, limit, cursor);
  const ids =
    person.role === 'rep'
      ? [person.repId ?? '']
      : person.teamId === undefined
        ? []
        : await teamMembers(table, person.teamId);
  const reps = await readReps(table, ids);
  return { items: [...reps.values()].sort((a, b) => (a.repId < b.repId ? -1 : 1)) };
}

/** The roster. */
export const getReps = route({
  method: 'GET',
  path: '/reps',
  summary: 'The roster, by id',
  roles: ['admin', 'supervisor', 'rep'],
  query: z.object(paging),
  answers: { 200: page(repView) },
  handle: async ({ query: { limit, cursor }, person, table }) => ({
    status: 200,
    body: await visible(table, person, limit, cursor),
  }),
});

/** One rep. */
export const getRep = route({
  method: 'GET',
  path: '/reps/{repId}',
  summary: 'One rep',
  roles: ['admin', 'supervisor', 'rep'],
  params,
  answers: { 200: repView },
  handle: async ({ params: { repId }, person, table }) => {
    const rep = await readRep(table, repId);
    const may =
      person.role === 'admin' ||
      repId === person.repId ||
      (person.role === 'supervisor' && person.teamId !== undefined && rep?.teamId === person.teamId);
    if (!rep || !may) throw notFound(`rep ${repId}`);
    return { status: 200, body: rep };
  },
});

const phone = z.string().regex(/^\+[1-9]\d{5,14}$/, 'E.164, such as +8613800138000');

/** What the admin sets; HR's own fields may be sent along unchanged. */
const settings = z.object({
  repId: id.optional(),
  productLines: z.array(z.string().trim().min(1).max(64)).max(100).optional(),
  capacity: z.int().min(0).max(100_000).optional(),
  channels: z
    .strictObject({ wecomUserId: id.optional(), dingtalkUserId: id.optional(), phone: phone.optional() })
    .optional(),
  name: z.string().optional(),
  status: z.string().optional(),
  teamId: z.string().optional(),
  managerId: z.string().optional(),
  hiredAt: z.string().optional(),
});

const hrOwned = ['repId', 'name', 'status', 'teamId', 'managerId', 'hiredAt'] as const;

/** @throws Problem 400 naming each of HR's fields that the admin tries to change */
function refuseHrFields(rep: Rep, sent: z.infer<typeof settings>): void {
  const changed = hrOwned.filter((field) => sent[field] !== undefined && sent[field] !== rep[field]);
  if (changed.length === 0) return;
  const errors = changed.map((path) => ({ path, message: 'HR owns this field' }));
  throw new Problem(400, `HR owns ${changed.join(', ')}`, errors);
}

/** Sets what is the admin's to set. */
export const putRep = route({
  method: 'PUT',
  path: '/reps/{repId}',
  summary: 'Sets product lines, capacity and channels of a rep; what is left out stays',
  roles: ['admin'],
  params,
  body: settings,
  answers: { 200: repView },
  handle: async ({ params: { repId }, body, table }) => {
    const rep = await readRep(table, repId);
    if (!rep) throw notFound(`rep ${repId}`);
    refuseHrFields(rep, body);
    const { productLines, capacity, channels } = body;
    const set = {
      ...(productLines ? { productLines } : {}),
      ...(capacity === undefined ? {} : { capacity }),
      ...(channels ? { channels } : {}),
    };
    if (Object.keys(set).length > 0) await commit(table, [saveSettings(repId, set), rosterChanged()]);
    return { status: 200, body: { ...rep, ...set } };
  },
});
