import { announce } from '../../events/contract.ts';
import { TerritoriesPublished } from '../../events/territories-published.ts';
import { current, pointTo } from '../config/store.ts';
import { iso } from '../platform/clock.ts';
import { absent, commit, outbox, put } from '../platform/commit.ts';
import { readParts, writeParts } from '../platform/objects.ts';
import { sha256 } from '../platform/random.ts';
import { get, type Table } from '../platform/table.ts';
import type { TerritorySeen } from '../routing/inputs.ts';
import {
  allProperties,
  openTerritories,
  type Properties,
  packTerritories,
  type TerritoryIndex,
  territoriesIn,
} from './index-file.ts';
import { territoriesAt, type Whereabouts } from './places.ts';
import type { Territory } from './territory.ts';

const versionKey = (version: number) => ({ pk: `TERRITORIES#${String(version).padStart(6, '0')}`, sk: 'PUBLISHED' });

/** What the table holds of a version: where its index lies, and what it must hash to. */
interface Published {
  object: string;
  bytes: number;
  sha256: string;
  /** When it was published (ISO 8601); nothing in those of earlier versions of Leadkeeper. */
  at?: string;
}

/**
 * Compiles the territories, stores them in the bucket as the version after `seen`, and puts it in force and announces it in one
 * transaction, if nobody published meanwhile. Nothing points to what is written before that, so a publication that breaks off
 * changes nothing. `draft` is a fresh id.
 * @returns the new version
 * @throws Conflict when somebody published meanwhile
 */
export async function publishTerritories(
  to: Table,
  seen: number,
  territories: readonly Territory[],
  draft: string,
  at: Date,
): Promise<number> {
  const version = seen + 1;
  const bytes = packTerritories(territories);
  const object = `territories/${version}-${draft}`;
  const published: Published = { object, bytes: bytes.length, sha256: sha256(bytes), at: iso(at) };
  await writeParts(object, bytes);
  const key = versionKey(version);
  await commit(to, [
    put('territories', { ...key, ...published }, absent),
    pointTo('territories', seen, version),
    outbox(key.pk, announce(TerritoriesPublished, { version, before: seen }), at),
  ]);
  return version;
}

/** The versions that were published since then, the newest first. */
export async function publishedSince(from: Table, since: Date): Promise<number[]> {
  const versions: number[] = [];
  for (let { territories: version } = await current(from); version > 0; version -= 1) {
    const { at } = ((await get(from, versionKey(version))) ?? {}) as Partial<Published>;
    if (at === undefined || at < iso(since)) break;
    versions.push(version);
  }
  return versions;
}

/** The index of a version is not in the bucket, or not as it was published. */
export class IndexLost extends Error {
  override readonly name = 'IndexLost';
}

async function load(from: Table, version: number): Promise<TerritoryIndex> {
  if (version === 0) return openTerritories(packTerritories([]));
  const published = (await get(from, versionKey(version))) as (Published & { pk: string; sk: string }) | undefined;
  const bytes = published && (await readParts(published.object, published.bytes));
  if (!bytes || sha256(bytes) !== published.sha256) throw new IndexLost(`territories of version ${version}`);
  return openTerritories(bytes);
}

/** Versions kept open: the one in force, and the one before it where a change is looked at. */
const KEPT = 2;
const kept = new Map<string, Promise<TerritoryIndex>>();

/** The index of a version; versions never change, so the last ones used are kept. */
function indexOf(from: Table, version: number): Promise<TerritoryIndex> {
  const key = `${from.name}/${version}`;
  const value = kept.get(key) ?? load(from, version);
  kept.delete(key);
  kept.set(key, value);
  value.catch(() => kept.delete(key));
  for (const oldest of kept.keys()) if (kept.size > KEPT) kept.delete(oldest);
  return value;
}

/** The territories of a version; none of version 0. */
export const loadTerritories = async (from: Table, version: number): Promise<Territory[]> =>
  territoriesIn(await indexOf(from, version));

/** The territories of a version, without their ground. */
export const propertiesOf = async (from: Table, version: number): Promise<readonly Properties[]> =>
  allProperties(await indexOf(from, version));

/** The territories of a version that a customer belongs to. */
export const territoriesOf = async (from: Table, version: number, where: Whereabouts): Promise<TerritorySeen[]> =>
  territoriesAt(await indexOf(from, version), where);
