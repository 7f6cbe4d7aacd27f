import * as z from 'zod';

/** A place as somebody gave it: degrees, in the coordinate system that they use (satellites WGS84, Chinese maps GCJ02, Baidu BD09). */
export const point = z.object({
  lng: z.number().min(-180).max(180),
  lat: z.number().min(-90).max(90),
  crs: z.enum(['WGS84', 'GCJ02', 'BD09']).default('WGS84'),
});

/** A place as somebody gave it. */
export type Point = z.infer<typeof point>;

/** A place in WGS-84 degrees. */
export interface Place {
  lng: number;
  lat: number;
}

/** A corner: longitude, latitude in degrees. */
export type Position = [number, number];
/** A closed line: the last position is the first again. */
export type Ring = Position[];
/** A shell and its holes. */
export type Polygon = Ring[];
