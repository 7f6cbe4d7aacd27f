import * as z from 'zod';
import { paymentsOf } from '../../../shared/appraisal/payments/store.ts';
import { takeApart } from '../../../shared/duplicates/merging/store.ts';
import { forgotten } from '../../../shared/duplicates/original.ts';
import { rootsOf } from '../../../shared/duplicates/store.ts';
import { isClosed, type Lead } from '../../../shared/lead/lead.ts';
import { read } from '../../../shared/lead/store.ts';
import { commit, reconsider } from '../../../shared/platform/commit.ts';
import { notFound, Problem } from '../../../shared/platform/problem.ts';
import type { Table } from '../../../shared/platform/table.ts';
import { rulesNow } from '../../../shared/routing/facts/store.ts';
import { mergeInto } from '../../../shared/routing/store.ts';
import { mustSee } from '../access.ts';
import { id, route } from '../route.ts';

const params = z.object({ leadId: id });
const reason = z.string().trim().min(1).max(500);

/** Undoes a merge. */
export const unmerge = route({
  method: 'POST',
  path: '/leads/{leadId}/unmerge',
  summary:
    'Makes a duplicate a lead of its own again, with a reason: scored and assigned as if it came in now (contacted still, if it was before it was merged); the other loses the touch, and the posts that came to it only by what this one told',
  roles: ['admin', 'supervisor'],
  params,
  body: z.strictObject({ reason }),
  answers: { 200: z.object({ leadId: z.string(), status: z.string(), unmergedFrom: z.string() }) },
  handle: ({ params: { leadId }, body, person, table, now }) =>
    reconsider(async () => {
      const lead = await read(table, leadId);
      if (!lead) throw notFound(`lead ${leadId}`);
      if (lead.status !== 'duplicate') {
        const before = lead.apartFrom?.at(-1);
        if (before === undefined) {
          await mustSee(table, person, lead, leadId);
          throw new Problem(409, `the lead is ${lead.status}, not a duplicate`);
        }
        await mustSee(table, person, (await rootsOf(table, [before])).get(before), leadId);
        return { status: 200, body: { leadId, status: lead.status, unmergedFrom: before } };
      }
      const original = (await rootsOf(table, [leadId])).get(leadId);
      await mustSee(table, person, original, leadId);
      const by = { role: person.role, repId: person.repId, reason: body.reason };
      await takeApart(table, lead, original, by, now());
      const status = lead.score ? 'scored' : 'received';
      return { status: 200, body: { leadId, status, unmergedFrom: original?.leadId ?? lead.duplicateOf } };
    }),
});

/** @throws Problem 409 when nobody would see any more to what was done with the lead, or was promised; with what can be done instead */
async function mustForgetNothing(table: Table, lead: Lead, into: Lead): Promise<void> {
  const [own, others] = await Promise.all([lead, into].map(({ leadId }) => paymentsOf(table, leadId)));
  const lost = forgotten(lead, into, own?.length ?? 0);
  if (lost.length === 0) return;
  const back = forgotten(into, lead, others?.length ?? 0);
  const instead =
    back.length === 0
      ? `merge ${into.leadId} into ${lead.leadId} instead`
      : `nor does ${into.leadId} go into ${lead.leadId}: ${back.join(', ')}`;
  throw new Problem(409, `lead ${lead.leadId} is not merged into ${into.leadId}: ${lost.join(', ')}; ${instead}`);
}

/** Merges two leads that turned out to be one person's. */
export const mergeByHand = route({
  method: 'POST',
  path: '/leads/{leadId}/merge',
  summary:
    'Makes an open lead a duplicate of another open one, with a reason: it becomes a touch of that. Refused (409) where that would forget a contact, a later stage, open tasks or payments: then the other is merged into it',
  roles: ['admin', 'supervisor'],
  params,
  body: z.strictObject({ into: id, reason }),
  answers: { 200: z.object({ leadId: z.string(), status: z.string(), duplicateOf: z.string() }) },
  handle: ({ params: { leadId }, body: { into, reason: said }, person, table, now }) =>
    reconsider(async () => {
      const lead = await read(table, leadId);
      const roots = await rootsOf(table, [into, leadId]);
      const original = roots.get(into);
      await mustSee(table, person, lead?.status === 'duplicate' ? roots.get(leadId) : lead, leadId);
      if (!lead) throw notFound(`lead ${leadId}`);
      await mustSee(table, person, original, into);
      if (!original) throw notFound(`lead ${into}`);
      const answer = { status: 200, body: { leadId, status: 'duplicate', duplicateOf: original.leadId } };
      if (lead.status === 'duplicate' && roots.get(leadId)?.leadId === original.leadId) return answer;
      const refused = isClosed(lead) ? lead : isClosed(original) ? original : undefined;
      if (refused) throw new Problem(409, `lead ${refused.leadId} is ${refused.status}`);
      if (original.leadId === leadId)
        throw new Problem(409, 'a lead is not merged into itself', [{ path: 'into', message: 'the same lead' }]);
      await mustForgetNothing(table, lead, original);
      const by = { role: person.role, repId: person.repId, reason: said };
      const { versions } = await rulesNow(table);
      await commit(table, mergeInto(lead, original, { likeness: 'by-hand', by }, versions, now()));
      return answer;
    }),
});
