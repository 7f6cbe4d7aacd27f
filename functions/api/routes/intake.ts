import * as z from 'zod';
import { listImports, progressOf } from '../../../shared/intake/imports/store.ts';
import { previewOf } from '../../../shared/intake/preview.ts';
import { askRetake, type Entry, listAside, readAside } from '../../../shared/intake/quarantine/store.ts';
import { sourceNames } from '../../../shared/intake/sources.ts';
import type { Person } from '../../../shared/platform/identity.ts';
import { notFound, Problem } from '../../../shared/platform/problem.ts';
import type { Table } from '../../../shared/platform/table.ts';
import { id, page, paging, route } from '../route.ts';
import { time } from '../views.ts';

const source = z.enum(sourceNames);

const entry = z.object({
  quarantineId: z.string(),
  source,
  kind: z.enum(['delivery', 'reference', 'erasure']),
  status: z.enum(['waiting', 'retaking', 'taken-in', 'ignored']),
  reason: z.string(),
  at: time,
  bytes: z.number(),
  retakes: z.number(),
  retakenAt: time.optional(),
  retakenBy: z.string().optional(),
  leadId: z.string().optional(),
});

const quarantineId = z.object({ quarantineId: id });
const by = (person: Person): string => (person.repId === undefined ? person.role : `${person.role} ${person.repId}`);

/** What intake could not understand, masked. */
export const getIntakeQuarantine = route({
  method: 'GET',
  path: '/intake/quarantine',
  summary:
    'What sources sent and could not be understood or fetched, newest first, each with its reason; contents masked',
  roles: ['admin'],
  query: z.object({ status: z.enum(['waiting', 'taken-in', 'ignored']).default('waiting'), ...paging }),
  answers: { 200: page(entry.extend({ preview: z.string() })) },
  handle: async ({ query: { status, limit, cursor }, table }) => {
    const { items, nextCursor } = await listAside(table, status, limit, cursor);
    const shown = items.map(({ entry, kept }) => ({ ...entry, preview: previewOf(kept.body) }));
    return { status: 200, body: { items: shown, ...(nextCursor === undefined ? {} : { nextCursor }) } };
  },
});

/** One of them, as it came. */
export const getIntakeQuarantined = route({
  method: 'GET',
  path: '/intake/quarantine/{quarantineId}',
  summary: 'One of them with all that came, for the mapping to be mended by it',
  roles: ['admin'],
  params: quarantineId,
  answers: {
    200: entry.extend({
      contentType: z.string().optional(),
      reference: z.record(z.string(), z.string()).optional(),
      /** As text; what is no text, in Base64. */
      raw: z.string(),
      encoding: z.enum(['text', 'base64']),
    }),
  },
  handle: async ({ params, table }) => {
    const found = await readAside(table, params.quarantineId);
    if (!found) throw notFound(`quarantined ${params.quarantineId}`);
    const { entry, kept } = found;
    const text = kept.body.toString('utf8');
    const isText = Buffer.from(text).equals(kept.body);
    const contentType = kept.headers['content-type'];
    return {
      status: 200,
      body: {
        ...entry,
        ...(contentType === undefined ? {} : { contentType }),
        ...(kept.reference ? { reference: kept.reference } : {}),
        raw: isText ? text : kept.body.toString('base64'),
        encoding: isText ? 'text' : 'base64',
      },
    };
  },
});

/** Takes one in again. */
export const retakeOne = route({
  method: 'POST',
  path: '/intake/quarantine/{quarantineId}/retake',
  summary: 'Takes it in again by the mapping as it is now; what became of it is shown there',
  roles: ['admin'],
  params: quarantineId,
  answers: { 202: z.object({ quarantineId: z.string() }) },
  handle: async ({ params, person, table, now }) => {
    const found = await readAside(table, params.quarantineId);
    if (!found) throw notFound(`quarantined ${params.quarantineId}`);
    if (found.entry.kind === 'erasure') throw new Problem(409, 'a wish to erase a lead cannot be taken in as one');
    // Taken in already: the same answer, and nothing to do.
    await askRetake(table, params.quarantineId, by(person), now());
    return { status: 202, body: { quarantineId: params.quarantineId } };
  },
});

/** As many are looked at for one call. */
const MOST_LOOKED_AT = 2000;
const PAGE = 100;
/** One that was asked for so long ago (milliseconds) and is not done may be asked for again. */
const LONG = 30 * 60 * 1000;

async function waiting(table: Table, of: string | undefined, limit: number, now: Date): Promise<string[]> {
  const due = ({ kind, source, status, retakenAt }: Entry): boolean =>
    kind !== 'erasure' &&
    (of === undefined || source === of) &&
    (status === 'waiting' || now.getTime() - Date.parse(retakenAt ?? '') > LONG);
  const found: string[] = [];
  let cursor: string | undefined;
  for (let seen = 0; seen < MOST_LOOKED_AT && found.length < limit; seen += PAGE) {
    const { items, nextCursor } = await listAside(table, 'waiting', PAGE, cursor);
    found.push(...items.filter(({ entry }) => due(entry)).map(({ entry }) => entry.quarantineId));
    if (nextCursor === undefined) break;
    cursor = nextCursor;
  }
  return found.slice(0, limit);
}

/** Takes many in again. */
export const retakeAll = route({
  method: 'POST',
  path: '/intake/quarantine/retake',
  summary: 'Takes in again the newest that wait, of one source or of all, by the mapping as it is now',
  roles: ['admin'],
  bare: true,
  body: z.strictObject({ source: source.optional(), limit: z.int().min(1).max(500).default(100) }),
  answers: { 202: z.object({ retaken: z.number(), quarantineIds: z.array(z.string()) }) },
  handle: async ({ body, person, table, now }) => {
    const ids = await waiting(table, body.source, body.limit, now());
    const asked: string[] = [];
    for (const each of ids) if (await askRetake(table, each, by(person), now())) asked.push(each);
    return { status: 202, body: { retaken: asked.length, quarantineIds: asked } };
  },
});

const summary = z.object({ importId: z.string(), name: z.string(), at: time, rows: z.number() });

/** The imports. */
export const getImports = route({
  method: 'GET',
  path: '/intake/imports',
  summary: 'Files of leads that were called in or dropped, newest first',
  roles: ['admin'],
  query: z.object(paging),
  answers: { 200: page(summary) },
  handle: async ({ query: { limit, cursor }, table }) => ({
    status: 200,
    body: await listImports(table, limit, cursor),
  }),
});

/** One import. */
export const getImport = route({
  method: 'GET',
  path: '/intake/imports/{importId}',
  summary: 'How far an import is, what became of its rows, and which of them went to quarantine',
  roles: ['admin'],
  params: z.object({ importId: id }),
  answers: {
    200: summary.extend({
      done: z.number(),
      received: z.number(),
      duplicate: z.number(),
      quarantined: z.number(),
      finished: z.boolean(),
      problems: z.array(z.object({ line: z.number(), quarantineId: z.string(), reason: z.string() })),
    }),
  },
  handle: async ({ params, table }) => {
    const progress = await progressOf(table, params.importId);
    if (!progress) throw notFound(`import ${params.importId}`);
    return { status: 200, body: progress };
  },
});
