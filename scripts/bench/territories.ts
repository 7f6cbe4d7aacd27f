import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import whichPolygon from 'which-polygon';
import { containing, locate } from '../../shared/territory/boundary.ts';
import { overlapsOf } from '../../shared/territory/ground.ts';
import { openTerritories, packTerritories } from '../../shared/territory/index-file.ts';
import type { Place } from '../../shared/territory/point.ts';
import { boundaryProblems } from '../../shared/territory/rings.ts';
import { normaliseCollection, type Territory, TerritoryCollection } from '../../shared/territory/territory.ts';
import { drawn } from '../drawn.ts';
import { timed } from './measure.ts';

/** The counties of the US as somebody would upload them. */
export function counties(): { text: string; territories: Territory[] } {
  const file = createRequire(import.meta.url).resolve('us-atlas/counties-10m.json');
  const topology = JSON.parse(readFileSync(file, 'utf8')) as Topology<{
    counties: GeometryCollection<{ name: string }>;
  }>;
  const { features } = feature(topology, topology.objects.counties);
  const text = JSON.stringify({
    type: 'FeatureCollection',
    features: features.map(({ id, geometry, properties }) => ({
      type: 'Feature',
      properties: { territoryId: String(id), name: properties.name, repIds: [] },
      geometry,
    })),
  });
  return { text, territories: normaliseCollection(TerritoryCollection.parse(JSON.parse(text))) };
}

/** So many places in the contiguous US. */
export function placesInTheUs(count: number): Place[] {
  const draw = drawn(7);
  return Array.from({ length: count }, () => ({ lng: -124 + draw() * 56, lat: 26 + draw() * 22 }));
}

/** What territories cost: looking places up beside which-polygon, opening beside parsing, and checking. */
export function benchTerritories() {
  const { text, territories } = counties();
  const places = placesInTheUs(50_000);
  const bytes = packTerritories(territories);
  const index = openTerritories(bytes);
  const rival = whichPolygon(JSON.parse(text));
  const [rivalMs = 0, containingMs = 0, locateMs = 0] = timed(
    5,
    () => places.map(({ lng, lat }) => rival([lng, lat])),
    () => places.map((place) => containing(index, place)),
    () => places.map((place) => locate(index, place)),
  );
  const [parseMs = 0, openMs = 0] = timed(
    5,
    () => JSON.parse(text),
    () => openTerritories(bytes),
  );
  const [boundariesMs = 0, overlapsMs = 0] = timed(
    1,
    () => territories.flatMap(({ geometry }) => boundaryProblems(geometry, '', 'MultiPolygon')),
    () => overlapsOf(territories),
  );
  const perSecond = (ms: number) => Math.round((places.length / ms) * 1000);
  return {
    territories: territories.length,
    whichPolygonPerSecond: perSecond(rivalMs),
    containingPerSecond: perSecond(containingMs),
    containingToWhichPolygon: rivalMs / containingMs,
    locatePerSecond: perSecond(locateMs),
    locateToWhichPolygon: rivalMs / locateMs,
    parseMs,
    openMs,
    openToParse: openMs / parseMs,
    geoJsonBytes: text.length,
    indexBytes: bytes.length,
    boundariesMs,
    overlapsMs,
  };
}
