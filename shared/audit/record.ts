import canonicalize from 'canonicalize';
import { sha256 } from '../platform/random.ts';
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

/** What was decided about a lead, before it is chained. */
export interface Decision {
  outcome: 'assigned' | 'failed' | 'manual' | 'released';
  cause?: FailureCause | undefined;
  repId?: string | undefined;
  /** The rule that decided: a routing basis, `manual` for a person's hand, `owner-left` and the like for a release. */
  basis: string;
  /** Who decided, and why, when it was a person. */
  by?: { role: string; repId?: string | undefined; reason: string } | undefined;
  candidates: (Omit<Candidate, 'basis'> & { basis?: string })[];
  flip: Flip[];
  versions: Versions;
  /** All that the decision saw, when it was the router's; enough to run it again. */
  inputs?: RoutingInputs | undefined;
}

/** A decision in the lead's chain: append-only, each holding the hash of the one before. */
export interface AuditRecord extends Decision {
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
export const hashOf = (record: Omit<AuditRecord, 'hash'>): string => sha256(canonicalize(record) ?? '');

/** Appends a decision to a lead's chain. */
export function seal(leadId: string, end: ChainEnd, decision: Decision, at: Date): AuditRecord {
  const number = end.records + 1;
  const unsealed = {
    ...decision,
    decisionId: `${leadId}-${number}`,
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
  for (const record of records) {
    const { hash, ...unsealed } = record;
    const expected = `${leadId}-${previous.records + 1}`;
    const holds = record.decisionId === expected && record.previousHash === previous.hash && hashOf(unsealed) === hash;
    if (!holds) return { records: records.length, intact: false, firstBroken: record.decisionId };
    previous = { records: record.number, hash };
  }
  const whole = previous.records === end.records && previous.hash === end.hash;
  return whole
    ? { records: records.length, intact: true }
    : { records: records.length, intact: false, firstBroken: `${leadId}-${previous.records + 1}` };
}
