import { iso } from '../platform/clock.ts';
import { absent, type Change, put, update } from '../platform/commit.ts';
import { get, type Read, type Table } from '../platform/table.ts';
import { type ConfigurationName, configurations, type DocumentOf } from './configuration.ts';

/** Everything that has versions. */
export type Versioned = ConfigurationName | 'territories' | 'roster' | 'model';

/** The version of each that is in force now. One small item, read at each decision. */
export type Current = Record<Versioned, number>;

/** Where the versions in force stand. */
export const currentKey = { pk: 'CONFIG', sk: 'CURRENT' };
const BUILT_IN = 1;

/**
 * The versions in force. Rules begin at 1 (built in); territories, the roster and the scoring model at 0 (none yet). Read
 * `eventually` they may be those of a moment ago: good enough for a lead on its way, which is decided by what it read and says so.
 */
export async function current(from: Table, read: Read = 'strongly'): Promise<Current> {
  const item = await get(from, currentKey, read);
  const version = (name: Versioned, first: number) => (item?.[name] as number | undefined) ?? first;
  return {
    scoring: version('scoring', BUILT_IN),
    routing: version('routing', BUILT_IN),
    sla: version('sla', BUILT_IN),
    hr: version('hr', BUILT_IN),
    conversions: version('conversions', BUILT_IN),
    duplicates: version('duplicates', BUILT_IN),
    notices: version('notices', BUILT_IN),
    sources: version('sources', BUILT_IN),
    rubbish: version('rubbish', BUILT_IN),
    journey: version('journey', BUILT_IN),
    performance: version('performance', BUILT_IN),
    surveys: version('surveys', BUILT_IN),
    understanding: version('understanding', BUILT_IN),
    territories: version('territories', 0),
    roster: version('roster', 0),
    model: version('model', 0),
  };
}

const documentKey = (name: ConfigurationName, version: number) => ({
  pk: `CONFIG#${name}`,
  sk: `V#${String(version).padStart(6, '0')}`,
});

const cache = new Map<string, unknown>();

/** The document of a version. Versions never change, so each is read once per process. */
export async function load<N extends ConfigurationName>(from: Table, name: N, version: number): Promise<DocumentOf<N>> {
  const { kept: shape, defaults } = configurations[name];
  if (version === BUILT_IN) return defaults as DocumentOf<N>;
  const key = `${from.name}/${name}/${version}`;
  const kept = cache.get(key);
  if (kept) return kept as DocumentOf<N>;
  const item = await get(from, documentKey(name, version));
  const document = shape.parse(item?.document);
  cache.set(key, document);
  return document as DocumentOf<N>;
}

/** Puts a version in force, if `seen` still is. */
export const pointTo = (name: Versioned, seen: number, version: number): Change =>
  update(`version of ${name}`, currentKey, {
    expression: 'SET #name = :version',
    onlyIf: '#name = :seen OR attribute_not_exists(#name)',
    names: { '#name': name },
    values: { ':version': version, ':seen': seen },
  });

/** Counts a change of the roster. */
export const rosterChanged = (): Change =>
  update('version of roster', currentKey, {
    expression: 'ADD #name :one',
    names: { '#name': 'roster' },
    values: { ':one': 1 },
  });

/** Writes the next version of a document and puts it in force, if nobody published meanwhile. */
export const publish = <N extends ConfigurationName>(
  name: N,
  seen: number,
  document: DocumentOf<N>,
  by: string,
  at: Date,
): Change[] => [
  put(`${name} rules`, { ...documentKey(name, seen + 1), document, by, at: iso(at) }, absent),
  pointTo(name, seen, seen + 1),
];
