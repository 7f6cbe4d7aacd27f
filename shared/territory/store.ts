import { gunzipSync, gzipSync } from 'node:zlib';
import { pointTo } from '../config/store.ts';
import { absent, type Change, commit, put } from '../platform/commit.ts';
import { query, type Table } from '../platform/table.ts';
import type { TerritorySeen } from '../routing/inputs.ts';
import { compileTerritories, locate, type TerritoryIndex } from './boundary.ts';
import type { Territory } from './territory.ts';

/** The largest boundary that fits an item, compressed, in bytes. */
const LARGEST = 350 * 1024;
const CHUNK = 20;

/** A boundary with too many corners to be stored. */
export class BoundaryTooLarge extends Error {
  override readonly name = 'BoundaryTooLarge';
  readonly territoryId: string;
  constructor(territoryId: string) {
    super(`the boundary of ${territoryId} is too large to be stored`);
    this.territoryId = territoryId;
  }
}

const partition = (version: number): string => `TERRITORIES#${String(version).padStart(6, '0')}`;

function toChange(version: number, draft: string, territory: Territory): Change {
  const packed = gzipSync(JSON.stringify(territory));
  if (packed.length > LARGEST) throw new BoundaryTooLarge(territory.territoryId);
  return put(`territory ${territory.territoryId}`, {
    pk: partition(version),
    sk: `${draft}#${territory.territoryId}`,
    packed,
  });
}

/**
 * Stores the territories as the version after `seen` and puts it in force, if nobody published meanwhile. Nothing points to
 * what is written before the last step, so a publication that breaks off changes nothing. `draft` is a fresh id.
 * @returns the new version
 * @throws Conflict when somebody published meanwhile
 */
export async function publishTerritories(
  to: Table,
  seen: number,
  territories: Territory[],
  draft: string,
): Promise<number> {
  const version = seen + 1;
  const changes = territories.map((territory) => toChange(version, draft, territory));
  for (let from = 0; from < changes.length; from += CHUNK) await commit(to, changes.slice(from, from + CHUNK));
  await commit(to, [
    put('territories', { pk: partition(version), sk: 'PUBLISHED', draft }, absent),
    pointTo('territories', seen, version),
  ]);
  return version;
}

/** The territories of a version; none of version 0. */
export async function loadTerritories(from: Table, version: number): Promise<Territory[]> {
  if (version === 0) return [];
  const items = await query(from, { pk: partition(version) });
  const draft = items.find((item) => item.sk === 'PUBLISHED')?.draft;
  return items
    .filter((item) => item.sk.startsWith(`${String(draft)}#`))
    .map((item) => JSON.parse(gunzipSync(item.packed as Uint8Array).toString('utf8')) as Territory);
}

/** A version, compiled for looking places up. */
interface Compiled {
  index: TerritoryIndex;
  byId: Map<string, Territory>;
}

let compiled: { key: string; value: Promise<Compiled> } | undefined;

/** The compiled version; versions never change, so the last one used is kept. */
function compile(from: Table, version: number): Promise<Compiled> {
  const key = `${from.name}/${version}`;
  if (compiled?.key !== key) {
    const value = loadTerritories(from, version).then((territories) => ({
      index: compileTerritories(territories),
      byId: new Map(territories.map((territory) => [territory.territoryId, territory])),
    }));
    compiled = { key, value };
    value.catch(() => {
      compiled = undefined;
    });
  }
  return compiled.value;
}

/** The territories of a version in which, or in whose buffer zone, a place (WGS-84 degrees) is; the best first. */
export async function whereIs(
  from: Table,
  version: number,
  place: { lng: number; lat: number },
): Promise<TerritorySeen[]> {
  const { index, byId } = await compile(from, version);
  return locate(index, place).map((hit) => ({ ...hit, repIds: byId.get(hit.territoryId)?.repIds ?? [] }));
}
