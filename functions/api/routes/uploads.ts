import * as z from 'zod';
import { readJson } from '../../../shared/platform/json.ts';
import { invalid, parseOrRefuse } from '../../../shared/platform/problem.ts';
import { newId } from '../../../shared/platform/random.ts';
import type { Table } from '../../../shared/platform/table.ts';
import { beginUpload, LARGEST_UPLOAD, readUpload } from '../../../shared/platform/uploads.ts';
import { TerritoryCollection } from '../../../shared/territory/territory.ts';
import { id, route } from '../route.ts';
import { checkDraftOf, type Draft, publishDraft, said } from './territories.ts';

const AT_MOST = `at most ${LARGEST_UPLOAD / 1024 / 1024} MiB`;

/** Begins an upload. */
export const uploadTerritories = route({
  method: 'POST',
  path: '/territories/uploads',
  summary: 'For GeoJSON too large for a call: where to PUT its parts; then check or publish it',
  roles: ['admin'],
  body: z.strictObject({ bytes: z.int().min(1).max(LARGEST_UPLOAD, AT_MOST) }),
  answers: {
    201: z.object({
      uploadId: z.string(),
      parts: z.array(z.object({ url: z.string(), from: z.number(), to: z.number() })),
    }),
  },
  handle: async ({ body, table, now }) => ({
    status: 201,
    body: await beginUpload(table, newId(now()), body.bytes, now()),
  }),
});

/** @throws Problem 400 when what was uploaded is missing, or no GeoJSON of territories */
async function uploaded(table: Table, uploadId: string): Promise<Draft> {
  const bytes = await readUpload(table, uploadId);
  if (!bytes) throw invalid('uploadId', 'there is no such upload, or parts of it are missing');
  let json: unknown;
  try {
    json = readJson(new TextDecoder().decode(bytes));
  } catch {
    throw invalid('uploadId', 'what was uploaded is not JSON');
  }
  return parseOrRefuse(TerritoryCollection, json);
}

const params = z.object({ uploadId: id });

/** Says what publishing what was uploaded would say. */
export const checkUpload = route({
  method: 'POST',
  path: '/territories/uploads/{uploadId}/check',
  summary: 'Checks uploaded territories as publishing would, and changes nothing',
  roles: ['admin'],
  params,
  answers: { 200: said },
  handle: async ({ params: { uploadId }, table }) => {
    const { overlaps, warnings } = await checkDraftOf(table, await uploaded(table, uploadId));
    return { status: 200, body: { overlaps, warnings } };
  },
});

/** Publishes what was uploaded. */
export const publishUpload = route({
  method: 'POST',
  path: '/territories/uploads/{uploadId}/publish',
  summary:
    'Checks and publishes uploaded territories as the next version; with If-Match, only while that version is in force',
  roles: ['admin'],
  params,
  answers: { 200: said.extend({ version: z.number() }) },
  handle: async ({ params: { uploadId }, headers, table, now }) => ({
    status: 200,
    body: await publishDraft(table, await uploaded(table, uploadId), now, headers),
  }),
});
