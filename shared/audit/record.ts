import canonicalize from 'canonicalize';
import { sha256, unguessable } from '../platform/random.ts';
import type { FailureCause } from '../routing/failure.ts';
import type { Flip } from '../routing/flip.ts';
import type { Candidate, RoutingInputs } from '../routing/inputs.ts';

/** The versions of what a decision was made by. */
export interface Versions {
  routing: number;
  territories: number;
  roster: number;
  scoring: number;
}

/**
 * Who decided by hand, and why in their own words. These may tell of the customer, so that they can be erased: what is chained is a
 * commitment to them (a hash over them and a salt that nobody guesses), which says nothing once both are gone.
 */
interface Decider {
  role: string;
  repId?: string | undefined;
  reason?: string | undefined;
  salt?: string | undefined;
  commitment?: string | undefined;
}

/** The id of the decision in that place of a lead's chain. */
export const idOf = (leadId: string, number: number): string => `${leadId}-${number}`;

/** The place of a decision in its lead's chain, from 1. */
export const numberOf = (decisionId: string): number => Number(decisionId.split('-').at(-1));

/** What was decided about a lead, before it is chained. */
export interface Decision {
  outcome: 'assigned' | 'failed' | 'manual' | 'released';
  cause?: FailureCause | undefined;
  repId?: string | undefined;
  /** The rule that decided: a routing basis, `manual` for a person's hand, `owner-left` and the like for a release. */
  basis: string;
  /** When it is tried again because a shift begins then, where nothing else kept the lead from being given (ISO 8601). */
  waitsUntil?: string | undefined;
  /** Who decided, and why, when it was a person. */
  by?: { role: string; repId?: string | undefined; reason: string } | undefined;
  candidates: (Omit<Candidate, 'basis'> & { basis?: string })[];
  flip: Flip[];
  versions: Versions;
  /** All that the decision saw, when it was the router's; enough to run it again. */
  inputs?: RoutingInputs | undefined;
}

/** A decision in the lead's chain: append-only, each holding the hash of the one before. */
export interface AuditRecord extends Omit<Decision, 'by'> {
  by?: Decider | undefined;
  decisionId: string;
  leadId: string;
  /** Place in the lead's chain, from 1. */
  number: number;
  at: string;
  previousHash: string;
  hash: string;
}

/** The end of a lead's chain. */
export interface ChainEnd {
  records: number;
  hash: string;
}

/** The end of a chain with no records yet. */
export const emptyChain = (leadId: string): ChainEnd => ({ records: 0, hash: sha256(`chain:${leadId}`) });

/** The hash of a record: over its canonical JSON (RFC 8785), the hash of the record before it included. */
export const hashOf = (record: Omit<AuditRecord, 'hash'>): string => sha256(canonicalize(chained(record)) ?? '');

const commitmentTo = (salt: string, reason: string): string => sha256(`${salt}:${reason}`);

/** The record as it is chained: with a commitment to what somebody said, and without that. */
export function chained<R extends Pick<AuditRecord, 'by'>>(record: R): R {
  if (record.by?.commitment === undefined) return record;
  const { reason, salt, ...by } = record.by;
  return { ...record, by };
}

/** Whether a record is what was chained, and what somebody said (unless that was erased) what was committed to. */
export function isSound({ hash, ...unsealed }: AuditRecord): boolean {
  const { reason, salt, commitment } = unsealed.by ?? {};
  const kept = reason === undefined || commitment === undefined || commitmentTo(salt ?? '', reason) === commitment;
  return kept && hashOf(unsealed) === hash;
}

/** Whether what somebody said is gone. */
const isSilent = ({ by }: AuditRecord): boolean => by?.commitment !== undefined && by.reason === undefined;

/** Why somebody got a lead whom no rule chose: in whose words, says `by`. */
export const CHOSEN_BY_HAND = 'chosen by hand';

/** The basis of the record that tells of an erasure. */
export const ERASED = 'erased';

/** Appends a decision to a lead's chain. */
export function seal(leadId: string, end: ChainEnd, decision: Decision, at: Date): AuditRecord {
  const number = end.records + 1;
  const { by } = decision;
  const salt = unguessable(16);
  const unsealed = {
    ...decision,
    ...(by ? { by: { ...by, salt, commitment: commitmentTo(salt, by.reason) } } : {}),
    decisionId: idOf(leadId, number),
    leadId,
    number,
    at: at.toISOString(),
    previousHash: end.hash,
  };
  // Through JSON once, so that what is hashed is exactly what can be stored and read again (no undefined).
  const stored = JSON.parse(JSON.stringify(unsealed)) as Omit<AuditRecord, 'hash'>;
  return { ...stored, hash: hashOf(stored) };
}

/** What a check of a chain found. `firstBroken` is the decisionId at which it does not hold. */
export interface Verified {
  records: number;
  intact: boolean;
  firstBroken?: string;
}

/** Checks that no record of a lead was changed, removed, added or moved: each hash, each link, each number, and the end. */
export function verify(leadId: string, records: readonly AuditRecord[], end: ChainEnd): Verified {
  let previous = emptyChain(leadId);
  const erased = records.some(({ basis }) => basis === ERASED);
  for (const record of records) {
    const expected = idOf(leadId, previous.records + 1);
    const inPlace = record.decisionId === expected && record.previousHash === previous.hash;
    const holds = inPlace && isSound(record) && (erased || !isSilent(record));
    if (!holds) return { records: records.length, intact: false, firstBroken: record.decisionId };
    previous = { records: record.number, hash: record.hash };
  }
  const whole = previous.records === end.records && previous.hash === end.hash;
  return whole
    ? { records: records.length, intact: true }
    : { records: records.length, intact: false, firstBroken: idOf(leadId, previous.records + 1) };
}
