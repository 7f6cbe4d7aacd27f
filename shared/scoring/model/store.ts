import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { pointTo } from '../../config/store.ts';
import type { Form } from '../../lead/form.ts';
import { idsBetween, readForms, readMany } from '../../lead/store.ts';
import { absent, type Change, put } from '../../platform/commit.ts';
import { get, type Item, query, type Table } from '../../platform/table.ts';
import type { ScoringRules } from '../rules.ts';
import type { ClosedLead, Compared, Learned } from './candidate.ts';
import type { LeadModel, VersionOf } from './lead-model.ts';

/** A model that was learned, kept or not, without its weights. Never changed. */
export interface Candidate {
  version: number;
  /** When it was learned (ISO 8601). */
  at: string;
  closed: number;
  won: number;
  /** Which rules it was compared with. */
  rules: number;
  /** Whether it was put in force. */
  kept: boolean;
  because: string;
  measures: Compared;
  /** SHA-256 over what it was trained on. */
  hash: string;
}

/** The last night's learning, whether or not there was anything to learn. */
export interface LastRun {
  at: string;
  closed: number;
  won: number;
  /** The version that it put or left in force; 0: the rules. */
  inForce: number;
  because: string;
  /** SHA-256 over the leads that were closed, and how. */
  seen: string;
}

const partition = 'SCORING-MODELS';
const lastRunKey = { pk: partition, sk: 'LAST' };
const padded = (version: number): string => String(version).padStart(6, '0');
const candidateKey = (version: number) => ({ pk: partition, sk: `V#${padded(version)}` });
const modelKey = (version: number) => ({ pk: `SCORING-MODEL#${padded(version)}`, sk: 'MODEL' });

const toCandidate = (item: Item): Candidate => item.candidate as Candidate;

/** The candidates, newest first, those before a version if told. */
export async function candidates(from: Table, limit: number, before?: number): Promise<Candidate[]> {
  const items = await query(from, {
    pk: partition,
    newestFirst: true,
    limit: limit + 1,
    ...(before === undefined ? { begins: 'V#' } : { before: candidateKey(before).sk }),
  });
  return items
    .filter(({ sk }) => sk.startsWith('V#'))
    .slice(0, limit)
    .map(toCandidate);
}

/** A candidate, or undefined. */
export async function candidate(from: Table, version: number): Promise<Candidate | undefined> {
  const item = await get(from, candidateKey(version));
  return item && toCandidate(item);
}

/** The last night's learning, or undefined. */
export async function lastRun(from: Table): Promise<LastRun | undefined> {
  return (await get(from, lastRunKey))?.run as LastRun | undefined;
}

const kept = new Map<string, LeadModel>();

/** The model of a version, or undefined. Versions never change, so each is read once per process. */
export async function loadModel(from: Table, version: number): Promise<LeadModel | undefined> {
  const key = `${from.name}/${version}`;
  const known = kept.get(key);
  if (known) return known;
  const item = await get(from, modelKey(version));
  if (!item) return undefined;
  const model = JSON.parse(inflateRawSync(item.packed as Uint8Array).toString('utf8')) as LeadModel;
  kept.set(key, model);
  return model;
}

/** The model that the rules want in force, `learned` being the one that proved best (0: none); or undefined: the rules score. */
export async function modelFor(from: Table, rules: ScoringRules, learned: number): Promise<VersionOf | undefined> {
  const { model: wanted = 'auto' } = rules;
  const version = wanted === 'auto' ? learned : wanted === 'off' ? 0 : wanted;
  const model = version === 0 ? undefined : await loadModel(from, version);
  return model && { version, model };
}

/** Writes what a night learned, and the model itself; never over one that is there. */
export function keep(
  version: number,
  rules: number,
  { at, closed, won, because }: LastRun,
  { model, kept, measures }: NonNullable<Learned['candidate']>,
): Change[] {
  const { hash } = model.training;
  const candidate: Candidate = { version, at, closed, won, rules, kept, because, measures, hash };
  const packed = deflateRawSync(JSON.stringify(model), { level: 9 });
  return [
    put('scoring candidate', { ...candidateKey(version), candidate }, absent),
    put('scoring model', { ...modelKey(version), packed }, absent),
  ];
}

/** Notes a night's learning, and puts its version in force where another was (`seen`). */
export const noteRun = (run: LastRun, seen: number): Change[] => [
  put('scoring run', { ...lastRunKey, run }),
  ...(run.inForce === seen ? [] : [pointTo('model', seen, run.inForce)]),
];

const MONTH = 30 * 24 * 3600 * 1000;
/** So far back, and so many leads at most, is looked. */
const MONTHS = 24;
const MOST = 50_000;
const READ = 500;

/**
 * The ids of leads that were won or lost, those received last first: of the last two years, 50,000 at most. Looked for in six
 * spans, each as long as all before it, until there are enough.
 */
export async function closedIds(from: Table, at: Date): Promise<{ leadId: string; won: boolean }[]> {
  const found: { leadId: string; won: boolean }[] = [];
  for (let month = 0; month < MONTHS && found.length < MOST; ) {
    const upTo = Math.min(MONTHS, Math.max(1, 2 * month));
    const until = new Date(at.getTime() - month * MONTH + (month === 0 ? 1 : 0));
    const since = new Date(at.getTime() - upTo * MONTH);
    month = upTo;
    const [won, lost] = await Promise.all([
      idsBetween(from, 'won', since, until),
      idsBetween(from, 'lost', since, until),
    ]);
    const both = [...won.map((leadId) => ({ leadId, won: true })), ...lost.map((leadId) => ({ leadId, won: false }))];
    found.push(...both.sort((a, b) => (a.leadId < b.leadId ? 1 : -1)));
  }
  return found.slice(0, MOST);
}

/** Those of the leads that are closed still, with what was posted at first: what later posts added was not known when they were scored. */
export async function readClosed(from: Table, ids: readonly { leadId: string }[]): Promise<ClosedLead[]> {
  const closed: ClosedLead[] = [];
  for (let at = 0; at < ids.length; at += READ) {
    const some = ids.slice(at, at + READ).map(({ leadId }) => leadId);
    const [leads, forms] = await Promise.all([readMany(from, some), readForms(from, some, 'posted')]);
    for (const lead of leads) {
      const form: Form | undefined = forms.get(lead.leadId);
      if (!form || (lead.status !== 'won' && lead.status !== 'lost')) continue;
      const { receivedAt, closedAt, status } = lead;
      closed.push({ form, receivedAt, closedAt, won: status === 'won' });
    }
  }
  return closed;
}
