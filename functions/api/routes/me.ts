import * as z from 'zod';
import { readRep } from '../../../shared/org/store.ts';
import { iso } from '../../../shared/platform/clock.ts';
import { route } from '../route.ts';
import { repView, showRep, time } from '../views.ts';

/** Who is signed in. */
export const getMe = route({
  method: 'GET',
  path: '/me',
  summary: 'Who is signed in, as the roster knows them, and what time it is here',
  roles: ['admin', 'supervisor', 'rep'],
  answers: {
    200: z.object({
      role: z.enum(['admin', 'supervisor', 'rep']),
      teamId: z.string().optional(),
      rep: repView.optional(),
      now: time,
    }),
  },
  handle: async ({ person, table, now }) => {
    const { role, repId, teamId } = person;
    const rep = repId === undefined ? undefined : await readRep(table, repId);
    const body = {
      role,
      ...(teamId === undefined ? {} : { teamId }),
      ...(rep === undefined ? {} : { rep: showRep(rep) }),
      now: iso(now()),
    };
    return { status: 200, body };
  },
});
