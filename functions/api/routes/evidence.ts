import * as z from 'zod';
import { current, load } from '../../../shared/config/store.ts';
import { declared } from '../../../shared/journey/evidence/evidence.ts';
import { addressOf, declare, judge, readEvidence } from '../../../shared/journey/evidence/store.ts';
import { isClosed } from '../../../shared/lead/lead.ts';
import { read } from '../../../shared/lead/store.ts';
import { commitOne } from '../../../shared/platform/commit.ts';
import { notFound, Problem } from '../../../shared/platform/problem.ts';
import { newId } from '../../../shared/platform/random.ts';
import { mustSee } from '../access.ts';
import { id, route } from '../route.ts';

const all = ['admin', 'supervisor', 'rep'] as const;
const params = z.object({ leadId: id });

/** Begins the upload of a file. */
const declareEvidence = route({
  method: 'POST',
  path: '/leads/{leadId}/evidence',
  summary:
    'For minutes, a quotation, a recording: where to PUT the file within a quarter of an hour, with the type and size declared; then name its uploadId when logging the contact',
  roles: all,
  params,
  body: declared,
  answers: {
    201: z.object({ uploadId: z.string(), url: z.string(), headers: z.object({ 'content-type': z.string() }) }),
  },
  handle: async ({ params: { leadId }, body, person, table, now }) => {
    const lead = await mustSee(table, person, await read(table, leadId), leadId);
    if (isClosed(lead)) throw new Problem(409, `the lead is ${lead.status}`);
    const uploadId = newId(now());
    const url = await declare(table, leadId, { ...body, uploadId, by: person.repId ?? person.role }, now());
    return { status: 201, body: { uploadId, url, headers: { 'content-type': body.type } } };
  },
});

const file = params.extend({ uploadId: id });

/** Where a file is to be had. */
const getEvidence = route({
  method: 'GET',
  path: '/leads/{leadId}/evidence/{uploadId}',
  summary:
    'Where a file is to be had, for five minutes; not if a virus was found in it, nor, if the rules ask for a scan, before one',
  roles: all,
  params: file,
  answers: {
    200: z.object({
      url: z.string(),
      name: z.string(),
      type: z.string(),
      bytes: z.number(),
      verdict: z.enum(['clean', 'infected']).optional(),
    }),
  },
  handle: async ({ params: { leadId, uploadId }, person, table }) => {
    await mustSee(table, person, await read(table, leadId), leadId);
    const found = await readEvidence(table, leadId, uploadId);
    if (!found) throw notFound(`file ${uploadId} of lead ${leadId}`);
    const { name, type, bytes, verdict } = found;
    const { evidence } = await load(table, 'journey', (await current(table)).journey);
    if (verdict === 'infected') throw new Problem(409, 'a virus was found in it');
    if (evidence.scanned && verdict === undefined) throw new Problem(409, 'it was not scanned for viruses yet');
    const url = await addressOf(leadId, found);
    return { status: 200, body: { url, name, type, bytes, ...(verdict ? { verdict } : {}) } };
  },
});

/** What a scanner for viruses says. */
const judgeEvidence = route({
  method: 'POST',
  path: '/leads/{leadId}/evidence/{uploadId}/scan',
  summary: 'For a scanner of the bucket (folder evidence/): says whether a virus was found in a file',
  roles: ['admin'],
  params: file,
  body: z.strictObject({ verdict: z.enum(['clean', 'infected']) }),
  answers: { 200: z.object({ uploadId: z.string(), verdict: z.enum(['clean', 'infected']) }) },
  handle: async ({ params: { leadId, uploadId }, body: { verdict }, table }) => {
    if (!(await readEvidence(table, leadId, uploadId))) throw notFound(`file ${uploadId} of lead ${leadId}`);
    await commitOne(table, judge(leadId, uploadId, verdict));
    return { status: 200, body: { uploadId, verdict } };
  },
});

/** Files that prove contacts. */
export const evidenceRoutes = [declareEvidence, getEvidence, judgeEvidence] as const;
