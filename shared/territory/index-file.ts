import { type Grid, gridOver } from './grid.ts';
import { type Box, boxOf, widened } from './measure.ts';
import type { Polygon, Position } from './point.ts';
import type { Territory } from './territory.ts';

/** What is known of a territory apart from its ground. */
export type Properties = Omit<Territory, 'geometry'>;

/**
 * Territories ready for looking places up: views on one block of bytes, which is also the file. Territories are made of
 * polygons, polygons of rings, rings of corners; each `…From` array says where the parts of the nth begin, and the entry after
 * the last says where they end. The edges of a ring are taken together in chunks of {@link CHUNK}, each with its box.
 */
export interface TerritoryIndex {
  readonly territories: number;
  /** What is known of the nth; decoded when it is first asked for. */
  readonly propertiesAt: (territory: number) => Properties;
  /** Of each territory. */
  readonly bufferMetres: Float64Array;
  readonly polygonFrom: Uint32Array;
  readonly ringFrom: Uint32Array;
  readonly cornerFrom: Uint32Array;
  readonly chunkFrom: Uint32Array;
  /** The territory of each polygon. */
  readonly territoryOf: Uint32Array;
  /** Longitude, latitude, longitude, … in degrees (WGS-84). */
  readonly corners: Float64Array;
  /** West, south, east, north of each chunk, then of each polygon. */
  readonly chunkBoxes: Float64Array;
  readonly polygonBoxes: Float64Array;
  /** Over the polygons' boxes, each widened by the widest buffer of all. */
  readonly grid: Grid;
}

/** The bytes are no index of territories, or one of another format, or not all of one. */
export class UnreadableIndex extends Error {
  override readonly name = 'UnreadableIndex';
}

/** Edges that are looked at together. */
export const CHUNK = 16;
/** Metres within which a place is on a boundary: what is lost in reckoning with degrees is far less. */
export const ON_BOUNDARY = 0.001;

const MAGIC = 0x4c4b5449;
const FORMAT = 1;
/** Magic, format, then the counts of territories, polygons, rings, corners, chunks, columns and rows and entries of the grid, text. */
const HEADER = 12;

const padded = (bytes: number): number => Math.ceil(bytes / 8) * 8;

/** Where each part lies, in bytes, by the counts in the header. */
function layout(header: Uint32Array) {
  const [, , territories = 0, polygons = 0, rings = 0, corners = 0, chunks = 0, columns = 0, rows = 0, entries = 0] =
    header;
  const text = header[10] ?? 0;
  let at = HEADER * 4;
  const next = (bytes: number): number => {
    const start = at;
    at += padded(bytes);
    return start;
  };
  const counts = { territories, polygons, rings, corners, chunks, columns, rows, entries, text };
  const parts = {
    polygonFrom: next(4 * (territories + 1)),
    ringFrom: next(4 * (polygons + 1)),
    cornerFrom: next(4 * (rings + 1)),
    chunkFrom: next(4 * (rings + 1)),
    territoryOf: next(4 * polygons),
    corners: next(16 * corners),
    chunkBoxes: next(32 * chunks),
    polygonBoxes: next(32 * polygons),
    bufferMetres: next(8 * territories),
    gridBox: next(32),
    cellFrom: next(4 * (columns * rows + 1)),
    entries: next(4 * entries),
    textFrom: next(4 * (territories + 1)),
    text: next(text),
  };
  return { counts, parts, size: at };
}

const starts = (sizes: readonly number[]): number[] => {
  let sum = 0;
  return [0, ...sizes.map((size) => (sum += size))];
};

/** The rings of a polygon without repeated corners: an edge of no length bounds nothing. */
const distinct = (ring: readonly Position[]): Position[] =>
  ring.filter(([x, y], at) => at === 0 || x !== ring[at - 1]?.[0] || y !== ring[at - 1]?.[1]);

const chunksOf = (ring: readonly Position[]): Position[][] =>
  Array.from({ length: Math.ceil((ring.length - 1) / CHUNK) }, (_, n) => ring.slice(n * CHUNK, (n + 1) * CHUNK + 1));

/** The territories (closed rings in WGS-84; none across the antimeridian: GeoJSON splits those) as bytes. */
export function packTerritories(territories: readonly Territory[]): Uint8Array {
  const polygons = territories.flatMap(({ geometry }) => geometry.map((rings): Polygon => rings.map(distinct)));
  const territoryOf = territories.flatMap(({ geometry }, at) => geometry.map(() => at));
  const rings = polygons.flat();
  const chunks = rings.map(chunksOf);
  const polygonBoxes = polygons.map((polygon) => boxOf([polygon]));
  const widest = territories.reduce((most, { bufferMetres }) => Math.max(most, bufferMetres), ON_BOUNDARY);
  const grid = gridOver(polygonBoxes.map((box) => widened(box, widest)));
  const texts = territories.map(({ geometry, ...rest }) => new TextEncoder().encode(JSON.stringify(rest)));
  const textFrom = starts(texts.map(({ length }) => length));
  const counts = [
    territories.length,
    polygons.length,
    rings.length,
    rings.reduce((sum, ring) => sum + ring.length, 0),
    chunks.reduce((sum, each) => sum + each.length, 0),
    grid.columns,
    grid.rows,
    grid.entries.length,
    textFrom.at(-1) ?? 0,
  ];
  const header = Uint32Array.from([MAGIC, FORMAT, ...counts, 0]);
  const { parts, size } = layout(header);
  const bytes = new Uint8Array(size);
  const ints = (at: number, values: ArrayLike<number>) => new Uint32Array(bytes.buffer, at, values.length).set(values);
  const boxes = (at: number, values: readonly Box[]) => {
    const into = new Float64Array(bytes.buffer, at, values.length * 4);
    for (const [n, box] of values.entries()) into.set(box, n * 4);
  };
  ints(0, [...header]);
  ints(parts.polygonFrom, starts(territories.map(({ geometry }) => geometry.length)));
  ints(parts.ringFrom, starts(polygons.map(({ length }) => length)));
  ints(parts.cornerFrom, starts(rings.map(({ length }) => length)));
  ints(parts.chunkFrom, starts(chunks.map(({ length }) => length)));
  ints(parts.territoryOf, territoryOf);
  const places = new Float64Array(bytes.buffer, parts.corners, (counts[3] ?? 0) * 2);
  let corner = 0;
  for (const ring of rings) {
    for (const [lng, lat] of ring) {
      places[corner++] = lng;
      places[corner++] = lat;
    }
  }
  boxes(
    parts.chunkBoxes,
    chunks.flat().map((chunk) => boxOf([[chunk]])),
  );
  boxes(parts.polygonBoxes, polygonBoxes);
  new Float64Array(bytes.buffer, parts.bufferMetres, territories.length).set(
    territories.map(({ bufferMetres }) => bufferMetres),
  );
  boxes(parts.gridBox, [grid.box]);
  ints(parts.cellFrom, grid.cellFrom);
  ints(parts.entries, grid.entries);
  ints(parts.textFrom, textFrom);
  for (const [at, text] of texts.entries()) bytes.set(text, parts.text + (textFrom[at] ?? 0));
  return bytes;
}

/**
 * Opens an index: nothing of it is parsed or copied.
 * @throws UnreadableIndex
 */
export function openTerritories(given: Uint8Array): TerritoryIndex {
  // Views on numbers need their alignment; a copy has it.
  const bytes = given.byteOffset % 8 === 0 ? given : Uint8Array.from(given);
  const { buffer, byteOffset: from, byteLength } = bytes;
  if (byteLength < HEADER * 4) throw new UnreadableIndex('too short');
  const header = new Uint32Array(buffer, from, HEADER);
  if (header[0] !== MAGIC) throw new UnreadableIndex('no index of territories');
  if (header[1] !== FORMAT) throw new UnreadableIndex(`format ${header[1]}`);
  const { counts, parts, size } = layout(header);
  if (size !== byteLength) throw new UnreadableIndex(`${byteLength} bytes instead of ${size}`);
  const ints = (at: number, length: number) => new Uint32Array(buffer, from + at, length);
  const floats = (at: number, length: number) => new Float64Array(buffer, from + at, length);
  const textFrom = ints(parts.textFrom, counts.territories + 1);
  const text = bytes.subarray(parts.text, parts.text + counts.text);
  const decoded: Properties[] = [];
  const [west = 0, south = 0, east = 0, north = 0] = floats(parts.gridBox, 4);
  return {
    territories: counts.territories,
    propertiesAt: (territory) => {
      decoded[territory] ??= JSON.parse(
        new TextDecoder().decode(text.subarray(textFrom[territory], textFrom[territory + 1])),
      ) as Properties;
      return decoded[territory];
    },
    bufferMetres: floats(parts.bufferMetres, counts.territories),
    polygonFrom: ints(parts.polygonFrom, counts.territories + 1),
    ringFrom: ints(parts.ringFrom, counts.polygons + 1),
    cornerFrom: ints(parts.cornerFrom, counts.rings + 1),
    chunkFrom: ints(parts.chunkFrom, counts.rings + 1),
    territoryOf: ints(parts.territoryOf, counts.polygons),
    corners: floats(parts.corners, counts.corners * 2),
    chunkBoxes: floats(parts.chunkBoxes, counts.chunks * 4),
    polygonBoxes: floats(parts.polygonBoxes, counts.polygons * 4),
    grid: {
      box: [west, south, east, north],
      columns: counts.columns,
      rows: counts.rows,
      cellFrom: ints(parts.cellFrom, counts.columns * counts.rows + 1),
      entries: ints(parts.entries, counts.entries),
    },
  };
}

/** Territories compiled for looking places up. */
export const compileTerritories = (territories: readonly Territory[]): TerritoryIndex =>
  openTerritories(packTerritories(territories));

/** What is known of each territory of an index. */
export const allProperties = ({ territories, propertiesAt }: TerritoryIndex): Properties[] =>
  Array.from({ length: territories }, (_, at) => propertiesAt(at));

/** The territories of an index, with their ground. */
export function territoriesIn(index: TerritoryIndex): Territory[] {
  const range = (from: Uint32Array, n: number): number[] => {
    const [begin = 0, end = 0] = [from[n], from[n + 1]];
    return Array.from({ length: end - begin }, (_, at) => begin + at);
  };
  const corner = (n: number): Position => [index.corners[n * 2] ?? 0, index.corners[n * 2 + 1] ?? 0];
  return allProperties(index).map((properties, at) => ({
    ...properties,
    geometry: range(index.polygonFrom, at).map((polygon) =>
      range(index.ringFrom, polygon).map((ring) => range(index.cornerFrom, ring).map(corner)),
    ),
  }));
}
