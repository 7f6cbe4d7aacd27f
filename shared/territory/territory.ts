import * as z from 'zod';
import { divisionCalled } from '../address/called.ts';
import { team } from '../org/roster.ts';
import { polygonsToWgs84 } from './crs.ts';
import type { Polygon, Position } from './point.ts';

/** An area with the reps who serve it. Boundaries are WGS-84. */
export interface Territory {
  territoryId: string;
  name: string;
  repIds: string[];
  teamId?: string;
  /** Within so many metres of a border, the reps of both sides are candidates. */
  bufferMetres: number;
  /** Where territories overlap, the higher one comes first. */
  priority: number;
  /** Codes of the divisions that it covers, for leads without a point: those it names, or the one that it is named after. */
  covers?: string[];
  /** Beginnings of the postcodes that it covers. */
  postcodes?: string[];
  geometry: Polygon[];
}

const id = z
  .string()
  .trim()
  .regex(/^[\w.@-]{1,64}$/, 'letters, digits, and . _ @ - only, at most 64');

/** Longitude and latitude; a height is tolerated and dropped. Ranges are checked with the boundary, to name what looks swapped. */
const position = z
  .array(z.number(), 'a position is [longitude, latitude]')
  .min(2, 'a position is [longitude, latitude]')
  .max(3, 'a position is [longitude, latitude]');
const polygon = z.array(z.array(position)).min(1, 'a polygon needs a ring');

const geometry = z.discriminatedUnion(
  'type',
  [
    z.object({ type: z.literal('Polygon'), coordinates: polygon }),
    z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(polygon).min(1, 'a territory needs a polygon') }),
  ],
  'a territory is a Polygon or a MultiPolygon',
);

const properties = z.object({
  territoryId: id,
  name: z.string().trim().min(1).max(200),
  repIds: z.array(id).max(1000),
  teamId: team.optional(),
  bufferMetres: z.number().min(0).max(50_000).default(0),
  priority: z.number().min(-1000).max(1000).default(0),
  divisions: z
    .array(
      z
        .string()
        .trim()
        .min(1)
        .max(100)
        .refine((name) => divisionCalled(name) !== undefined, 'no division of China, or several'),
    )
    .max(500)
    .optional(),
  covers: z
    .array(z.string().regex(/^\d{2,9}$/))
    .max(500)
    .optional(),
  postcodes: z
    .array(z.string().regex(/^\d{1,6}$/, 'the first digits of a postcode'))
    .max(500)
    .optional(),
});

const feature = z.object({ type: z.literal('Feature'), properties, geometry });

/** The name that GeoJSON of 2008 gave to WGS-84. */
const oldName = z
  .object({ type: z.literal('name'), properties: z.object({ name: z.string().regex(/(CRS84|EPSG::?4326)$/) }) })
  .transform(() => 'WGS84' as const);

/** Territories as they are published: GeoJSON, in WGS-84 unless `crs` says otherwise. */
export const TerritoryCollection = z.object({
  type: z.literal('FeatureCollection'),
  crs: z.union([z.enum(['WGS84', 'GCJ02', 'BD09']), oldName], 'one of WGS84, GCJ02, BD09').default('WGS84'),
  features: z.array(feature).max(10_000),
});

const corner = ([lng = 0, lat = 0]: number[]): Position => [lng, lat];

/** The territories of a collection, in its order, all as several polygons, in WGS-84. */
export function normaliseCollection({ crs, features }: z.infer<typeof TerritoryCollection>): Territory[] {
  return features.map(({ properties: { teamId, divisions, covers, ...said }, geometry: shape }) => {
    const covered = covers ?? coveredBy(said.name, divisions);
    const drawn = shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates;
    const polygons = drawn.map((rings) => rings.map((ring) => ring.map(corner)));
    return {
      ...said,
      ...(teamId === undefined ? {} : { teamId }),
      ...(covered.length === 0 ? {} : { covers: covered }),
      geometry: polygonsToWgs84(polygons, crs),
    };
  });
}

/** Codes of the divisions that a territory covers: those named, or else the one that goes by its own name. */
const coveredBy = (name: string, divisions: readonly string[] | undefined): string[] =>
  (divisions ?? [name]).flatMap((called) => divisionCalled(called)?.code ?? []);
