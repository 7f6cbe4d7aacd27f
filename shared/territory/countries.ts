import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import world from 'world-atlas/land-110m.json' with { type: 'json' };
import { locate } from './boundary.ts';
import { compileTerritories, type TerritoryIndex } from './index-file.ts';
import type { Place, Polygon } from './point.ts';

/** Coasts are drawn coarsely: so many metres off one is still at it. */
const COAST = 150_000;

let land: TerritoryIndex | undefined;

function known(): TerritoryIndex {
  if (land) return land;
  const topology = world as unknown as Topology<{ land: GeometryCollection }>;
  const { features } = feature(topology, topology.objects.land);
  land = compileTerritories(
    features.flatMap(({ geometry }, at) => {
      if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') return [];
      const ground = (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates) as Polygon[];
      return [{ territoryId: String(at), name: '', repIds: [], bufferMetres: COAST, priority: 0, geometry: ground }];
    }),
  );
  return land;
}

/** Whether a place (WGS-84) is in a country of the world, that is on land but not in Antarctica, or at its coast. */
export const isInACountry = (place: Place): boolean => place.lat > -60 && locate(known(), place).length > 0;
