import * as z from 'zod';
import { addShared } from '../../../shared/appraisal/facts/store.ts';
import { iso } from '../../../shared/platform/clock.ts';
import { commit, isRefused } from '../../../shared/platform/commit.ts';
import { Problem } from '../../../shared/platform/problem.ts';
import { id, route } from '../route.ts';
import { theirs } from './reps.ts';

/** Records that somebody shared what they know. */
export const postShared = route({
  method: 'POST',
  path: '/scorecards/{repId}/shared',
  summary:
    'Records that a rep shared a document or gave a training, with the link to it: each counts once; never one’s own',
  roles: ['admin', 'supervisor'],
  params: z.object({ repId: id }),
  body: z.strictObject({
    kind: z.enum(['document', 'training']),
    title: z.string().trim().min(1).max(200),
    url: z.url({ protocol: /^https?$/ }).max(2000),
  }),
  answers: { 201: z.object({ repId: z.string(), url: z.string() }) },
  handle: async ({ params: { repId }, body: { kind, title, url }, person, table, now }) => {
    await theirs(table, person, repId);
    if (person.repId === repId) throw new Problem(403, 'somebody else records what one shared');
    try {
      await commit(table, addShared(repId, { kind, title, url, by: person.repId ?? person.role }, iso(now())));
    } catch (error) {
      if (!isRefused(error)) throw error;
      throw new Problem(409, 'this was recorded already', [{ path: 'url', message: 'recorded already' }]);
    }
    return { status: 201, body: { repId, url } };
  },
});
