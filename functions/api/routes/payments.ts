import * as z from 'zod';
import { companyDay } from '../../../shared/appraisal/facts/store.ts';
import { addPayment, type Payment, paymentsOf } from '../../../shared/appraisal/payments/store.ts';
import { ownerOf } from '../../../shared/lead/lead.ts';
import { read } from '../../../shared/lead/store.ts';
import { iso } from '../../../shared/platform/clock.ts';
import { commit, reconsider } from '../../../shared/platform/commit.ts';
import { invalid, Problem } from '../../../shared/platform/problem.ts';
import { mustSee } from '../access.ts';
import { id, route } from '../route.ts';
import { time } from '../views.ts';

const params = z.object({ leadId: id });
const document = z.strictObject({
  name: z.string().trim().min(1).max(200),
  url: z.url({ protocol: /^https?$/ }).max(2000),
});
const payment = z.object({
  reference: z.string(),
  amount: z.number(),
  paidOn: z.string(),
  at: time,
  by: z.string(),
  repId: z.string(),
  document: document.optional(),
});

/** Records money that came in. */
export const postPayment = route({
  method: 'POST',
  path: '/leads/{leadId}/payments',
  summary:
    'Records a payment of a deal (in the company’s currency; less than nothing: paid back), for whoever has the deal; the same reference again changes nothing',
  roles: ['admin', 'supervisor'],
  params,
  body: z.strictObject({
    reference: z.string().regex(/^[\w.@-]{1,64}$/, 'letters, digits, and . _ @ - only, at most 64'),
    amount: z
      .number()
      .min(-1e9)
      .max(1e9)
      .refine((amount) => amount !== 0, 'must not be nothing')
      .refine((amount) => Math.abs(amount * 100 - Math.round(amount * 100)) < 1e-6, 'at most two decimals'),
    paidOn: z.iso.date().optional(),
    document: document.optional(),
  }),
  answers: { 200: payment, 201: payment },
  handle: ({ params: { leadId }, body, person, table, now }) =>
    reconsider(async () => {
      const lead = await mustSee(table, person, await read(table, leadId), leadId);
      const before = (await paymentsOf(table, leadId)).find(({ reference }) => reference === body.reference);
      if (before && before.amount === body.amount) return { status: 200, body: before };
      if (before)
        throw new Problem(409, 'this reference has another amount', [
          { path: 'reference', message: `of ${before.amount}` },
        ]);
      const owner = ownerOf(lead);
      if (!owner) throw new Problem(409, `the lead is ${lead.status}: nobody has it`);
      const today = companyDay(iso(now()));
      const paidOn = body.paidOn ?? today;
      if (paidOn > today) throw invalid('paidOn', 'is yet to come');
      const by = person.repId === undefined ? person.role : `${person.role} ${person.repId}`;
      const made: Payment = { ...body, paidOn, at: iso(now()), by, repId: owner.repId };
      await commit(table, await addPayment(table, leadId, made));
      return { status: 201, body: made };
    }),
});

/** The payments of a deal. */
export const getPayments = route({
  method: 'GET',
  path: '/leads/{leadId}/payments',
  summary: 'The payments of a deal',
  roles: ['admin', 'supervisor', 'rep'],
  params,
  answers: { 200: z.object({ items: z.array(payment) }) },
  handle: async ({ params: { leadId }, person, table }) => {
    await mustSee(table, person, await read(table, leadId), leadId);
    return { status: 200, body: { items: await paymentsOf(table, leadId) } };
  },
});
