import * as z from 'zod';
import { divisionsIn } from '../../../shared/address/divisions.ts';
import { geocoderFor } from '../../../shared/address/geocoders/index.ts';
import { current } from '../../../shared/config/store.ts';
import { everybody } from '../../../shared/org/store.ts';
import { reconsider } from '../../../shared/platform/commit.ts';
import type { Call } from '../../../shared/platform/http-step.ts';
import { notFound, Problem } from '../../../shared/platform/problem.ts';
import { newId } from '../../../shared/platform/random.ts';
import { readSecret } from '../../../shared/platform/secrets.ts';
import type { Table } from '../../../shared/platform/table.ts';
import { checkTerritories } from '../../../shared/territory/check.ts';
import { toWgs84 } from '../../../shared/territory/crs.ts';
import { point } from '../../../shared/territory/point.ts';
import { loadTerritories, publishTerritories, territoriesOf } from '../../../shared/territory/store.ts';
import { normaliseCollection, type Territory, TerritoryCollection } from '../../../shared/territory/territory.ts';
import { mustBeMadeFrom } from '../made-from.ts';
import { route } from '../route.ts';

const words = (longest: number) => z.string().trim().min(1).max(longest).optional();

/** What a check of territories says. */
export const said = z.object({
  overlaps: z.array(z.object({ a: z.string(), b: z.string(), squareKilometres: z.number() })),
  warnings: z.array(z.string()),
});
/** Territories as somebody drew them. */
export type Draft = z.infer<typeof TerritoryCollection>;

/** @throws Problem 400 naming everything that is wrong with the territories */
async function check(
  table: Table,
  territories: Territory[],
  previous: Territory[],
  drawn?: Draft['features'][number]['geometry']['type'][],
) {
  const reps = await everybody(table);
  const { errors, ...checked } = checkTerritories(territories, {
    knownRepIds: new Set(reps.map(({ repId }) => repId)),
    activeRepIds: new Set(
      reps.filter(({ status, capacity }) => status === 'active' && capacity > 0).map(({ repId }) => repId),
    ),
    previous,
    ...(drawn ? { drawn } : {}),
  });
  if (errors.length > 0) throw new Problem(400, 'these territories cannot be taken', errors);
  return checked;
}

/**
 * Checks drawn territories against the roster and the version in force.
 * @throws Problem 400 naming everything that is wrong with them
 */
export async function checkDraftOf(table: Table, draft: Draft) {
  const previous = await loadTerritories(table, (await current(table)).territories);
  const territories = normaliseCollection(draft);
  const drawn = draft.features.map(({ geometry }) => geometry.type);
  return check(table, territories, previous, drawn);
}

/** The territories in force, as GeoJSON. */
export const getTerritories = route({
  method: 'GET',
  path: '/territories',
  summary: 'The territories in force, or those of an earlier version, as a GeoJSON FeatureCollection (WGS-84)',
  roles: ['admin', 'supervisor', 'rep'],
  query: z.object({ version: z.coerce.number().int().min(1).optional() }),
  answers: {
    200: z.object({ type: z.literal('FeatureCollection'), version: z.number(), features: z.array(z.unknown()) }),
  },
  handle: async ({ query, table }) => {
    const newest = (await current(table)).territories;
    const version = query.version ?? newest;
    if (version > newest) throw notFound(`version ${version} of the territories`);
    const territories = await loadTerritories(table, version);
    const features = territories.map(({ geometry, ...properties }) => ({
      type: 'Feature',
      properties,
      geometry: { type: 'MultiPolygon', coordinates: geometry },
    }));
    return { status: 200, body: { type: 'FeatureCollection', version, features } };
  },
});

/** Publishes territories. */
export const putTerritories = route({
  method: 'PUT',
  path: '/territories',
  summary:
    'Checks and publishes the territories as the next version; with If-Match, only while that version is in force',
  roles: ['admin'],
  body: TerritoryCollection,
  answers: { 200: said.extend({ version: z.number() }) },
  handle: async ({ body, headers, table, now }) => ({
    status: 200,
    body: await publishDraft(table, body, now, headers),
  }),
});

/**
 * Checks and publishes drawn territories as the next version.
 * @throws Problem 400 naming everything that is wrong with them, 412 when they were made from another version than that in force
 */
export const publishDraft = (table: Table, draft: Draft, now: () => Date, headers: Call['headers']) =>
  reconsider(async () => {
    const seen = (await current(table)).territories;
    mustBeMadeFrom(seen, headers);
    const { territories, overlaps, warnings } = await checkDraftOf(table, draft);
    const version = await publishTerritories(table, seen, territories, newId(now()), now());
    return { version, overlaps, warnings };
  });

/** Goes back to an earlier version. */
export const restoreTerritories = route({
  method: 'POST',
  path: '/territories/versions/{version}/restore',
  summary: 'Publishes an earlier version again, as the next one; checked like any other',
  roles: ['admin'],
  params: z.object({ version: z.coerce.number().int().min(1) }),
  answers: { 200: said.extend({ version: z.number() }) },
  handle: ({ params, table, now }) =>
    reconsider(async () => {
      const seen = (await current(table)).territories;
      if (params.version > seen) throw notFound(`version ${params.version} of the territories`);
      const earlier = await loadTerritories(table, params.version);
      const { territories, ...said } = await check(table, earlier, await loadTerritories(table, seen));
      const version = await publishTerritories(table, seen, territories, newId(now()), now());
      return { status: 200, body: { version, ...said } };
    }),
});

/** Says what publishing would say. */
export const checkDraft = route({
  method: 'POST',
  path: '/territories/check',
  summary: 'Checks territories as publishing would, and changes nothing',
  roles: ['admin'],
  body: TerritoryCollection,
  answers: { 200: said.extend({ version: z.number() }) },
  handle: async ({ body, table }) => {
    const version = (await current(table)).territories;
    const { overlaps, warnings } = await checkDraftOf(table, body);
    return { status: 200, body: { version, overlaps, warnings } };
  },
});

const hit = z.object({
  territoryId: z.string(),
  inside: z.boolean(),
  insideBuffer: z.boolean(),
  metresToBoundary: z.number().optional(),
  by: z.enum(['point', 'geocoder', 'address', 'postcode']),
  because: z.string().optional(),
});

const somewhere = z
  .strictObject({ point: point.optional(), address: words(500), postcode: words(20) })
  .refine((asked) => asked.point ?? asked.address ?? asked.postcode, {
    path: ['point'],
    message: 'a point, an address or a postcode is needed',
  });

/** Says in whose territory a place is. */
export const locatePlace = route({
  method: 'POST',
  path: '/territories/locate',
  summary: 'The territories in which, or in whose buffer zone, a point is; or which an address or a postcode names',
  roles: ['admin', 'supervisor', 'rep'],
  body: somewhere,
  answers: { 200: z.object({ territories: z.array(hit) }) },
  handle: async ({ body: { point: given, address, postcode }, table }) => {
    const version = (await current(table)).territories;
    const geocoded =
      given === undefined && address !== undefined ? await geocoderFor(await readSecret()).locate(address) : undefined;
    const place = given ?? geocoded;
    const divisions = address === undefined ? [] : divisionsIn(address);
    const found = await territoriesOf(table, version, {
      ...(place ? { point: toWgs84(place) } : {}),
      ...(geocoded ? { geocoded: true } : {}),
      words: { divisions, ...(postcode === undefined ? {} : { postcode }) },
    });
    const territories = found.map(({ repIds, ...shown }) => shown);
    return { status: 200, body: { territories } };
  },
});
