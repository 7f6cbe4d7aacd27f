import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { rosterChanged } from '../../../shared/config/store.ts';
import { linkMembers } from '../../../shared/org/directory/store.ts';
import { shift, timeZone } from '../../../shared/org/hours.ts';
import { MOST_CAPACITY, type Rep } from '../../../shared/org/rep.ts';
import {
  listReps,
  readRep,
  readReps,
  type Settings,
  savePause,
  saveSettings,
  teamMembers,
} from '../../../shared/org/store.ts';
import { caps } from '../../../shared/org/tally.ts';
import { after, iso, WHENEVER } from '../../../shared/platform/clock.ts';
import { commit } from '../../../shared/platform/commit.ts';
import type { Person } from '../../../shared/platform/identity.ts';
import { notFound, Problem } from '../../../shared/platform/problem.ts';
import type { Table } from '../../../shared/platform/table.ts';
import { id, page, pageOf, paging, route } from '../route.ts';
import { repView, showRep } from '../views.ts';

const params = z.object({ repId: id });

/** A page of the reps whom a person may see: an admin all, a supervisor their team, a rep themselves. */
async function visible(table: Table, person: Person, limit: number, cursor?: string) {
  if (person.role === 'admin') return listReps(table, limit, cursor);
  const ids =
    person.role === 'rep'
      ? [person.repId ?? '']
      : person.teamId === undefined
        ? []
        : await teamMembers(table, person.teamId);
  const reps = await readReps(table, ids);
  return pageOf([...reps.values()], ({ repId }) => repId, { limit, cursor });
}

/** The roster. */
export const getReps = route({
  method: 'GET',
  path: '/reps',
  summary: 'The roster, by id',
  roles: ['admin', 'supervisor', 'rep'],
  query: z.object(paging),
  answers: { 200: page(repView) },
  handle: async ({ query: { limit, cursor }, person, table }) => {
    const { items, ...rest } = await visible(table, person, limit, cursor);
    return { status: 200, body: { items: items.map(showRep), ...rest } };
  },
});

/** @throws Problem 404 for a rep who is neither the person, nor in their team, unless they are an admin */
export async function theirs(table: Table, person: Person, repId: string): Promise<Rep> {
  const rep = await readRep(table, repId);
  const may =
    person.role === 'admin' ||
    repId === person.repId ||
    (person.role === 'supervisor' && person.teamId !== undefined && rep?.teamId === person.teamId);
  if (!rep || !may) throw notFound(`rep ${repId}`);
  return rep;
}

/** One rep. */
export const getRep = route({
  method: 'GET',
  path: '/reps/{repId}',
  summary: 'One rep',
  roles: ['admin', 'supervisor', 'rep'],
  params,
  answers: { 200: repView },
  handle: async ({ params: { repId }, person, table }) => {
    const rep = await theirs(table, person, repId);
    return { status: 200, body: showRep(rep) };
  },
});

/** E.164; a mobile number of China's may come as it is dialled there. */
const phone = z
  .string()
  .transform((text) => text.replace(/^(?=1[3-9]\d{9}$)/, '+86'))
  .pipe(z.string().regex(/^\+[1-9]\d{5,14}$/, 'E.164, such as +8613800138000'));

/** What the admin sets; what else GET shows may be sent along: HR's own fields and how people are told of things unchanged. */
const settings = z.strictObject({
  repId: id.optional(),
  productLines: z.array(z.string().trim().min(1).max(64)).max(100).optional(),
  capacity: z.int().min(0).max(MOST_CAPACITY).optional(),
  weight: z.number().min(0.1).max(10).optional(),
  caps: caps.nullable().optional(),
  timeZone: timeZone.nullable().optional(),
  // Whoever has shifts, and none, would never be on duty.
  shifts: z.array(shift).min(1, 'at least one, or null for those of the team').max(50).nullable().optional(),
  channels: z
    .strictObject({ wecomUserId: id.optional(), dingtalkUserId: id.optional(), phone: phone.optional() })
    .optional(),
  name: z.string().optional(),
  status: z.string().optional(),
  teamId: z.string().optional(),
  managerId: z.string().optional(),
  email: z.string().optional(),
  hiredAt: z.string().optional(),
  leftAt: z.string().optional(),
  leaveUntil: z.string().optional(),
  language: repView.shape.language,
  quietHours: repView.shape.quietHours,
  openLeads: z.number().optional(),
  pausedUntil: z.string().optional(),
});

const hrOwned = ['repId', 'name', 'status', 'teamId', 'managerId', 'email', 'hiredAt', 'leftAt', 'leaveUntil'] as const;
const ofReading = ['language', 'quietHours'] as const;

/** @throws Problem 400 naming each field that the admin tries to change, but that is HR's or set by another call */
function refuseOthers(rep: Rep, sent: z.infer<typeof settings>): void {
  const changes = (field: (typeof hrOwned | typeof ofReading)[number]) =>
    sent[field] !== undefined && !isDeepStrictEqual(sent[field], rep[field]);
  const hrs = hrOwned.filter(changes);
  const reading = ofReading.filter(changes);
  const errors = [
    ...hrs.map((path) => ({ path, message: 'HR owns this field' })),
    ...reading.map((path) => ({ path, message: `PUT /reps/${rep.repId}/reading sets this` })),
  ];
  if (hrs.length > 0) throw new Problem(400, `HR owns ${hrs.join(', ')}`, errors);
  if (reading.length > 0) throw new Problem(400, `not set here: ${reading.join(', ')}`, errors);
}

/** Sets what is the admin's to set. */
export const putRep = route({
  method: 'PUT',
  path: '/reps/{repId}',
  summary:
    'Sets product lines, capacity, weight, caps, shifts and channels of a rep; what is left out stays, null takes away',
  roles: ['admin'],
  params,
  body: settings,
  answers: { 200: repView },
  handle: async ({ params: { repId }, body, table }) => {
    const rep = await readRep(table, repId);
    if (!rep) throw notFound(`rep ${repId}`);
    refuseOthers(rep, body);
    const { productLines, capacity, weight, caps, timeZone, shifts, channels } = body;
    const said = Object.entries({ productLines, capacity, weight, caps, timeZone, shifts, channels });
    const set: Settings = Object.fromEntries(
      said.flatMap(([name, value]) => (value === undefined ? [] : [[name, value ?? undefined]])),
    );
    const links = linkMembers(repId, channels ?? {});
    if (Object.keys(set).length > 0) await commit(table, [saveSettings(repId, set), ...links, rosterChanged()]);
    return { status: 200, body: showRep({ ...rep, ...set }) };
  },
});

const pause = z.union(
  [
    z.strictObject({ minutes: z.union([z.literal(30), z.literal(60), z.literal(90)]) }),
    z.strictObject({ until: z.literal('back') }),
  ],
  'minutes (30, 60 or 90), or until "back"',
);

const paused = (rep: Rep, pausedUntil: string | undefined): Rep => {
  const { pausedUntil: _, ...rest } = rep;
  return pausedUntil === undefined ? rest : { ...rest, pausedUntil };
};

/** No new leads for a while. */
export const pauseRep = route({
  method: 'POST',
  path: '/reps/{repId}/pause',
  summary: 'No new leads for 30, 60 or 90 minutes, or until I’m back; open leads stay',
  roles: ['admin', 'supervisor', 'rep'],
  params,
  body: pause,
  answers: { 200: repView },
  handle: async ({ params: { repId }, body, person, table, now }) => {
    const rep = await theirs(table, person, repId);
    const pausedUntil = 'until' in body ? WHENEVER : iso(after(now(), body.minutes * 60_000));
    await commit(table, [savePause(repId, pausedUntil)]);
    return { status: 200, body: showRep(paused(rep, pausedUntil)) };
  },
});

/** New leads again. */
export const resumeRep = route({
  method: 'POST',
  path: '/reps/{repId}/resume',
  summary: 'I’m back: new leads again',
  roles: ['admin', 'supervisor', 'rep'],
  params,
  answers: { 200: repView },
  handle: async ({ params: { repId }, person, table }) => {
    const rep = await theirs(table, person, repId);
    // Leads that wait for a shift may go to them now.
    await commit(table, [savePause(repId, undefined), rosterChanged()]);
    return { status: 200, body: showRep(paused(rep, undefined)) };
  },
});
