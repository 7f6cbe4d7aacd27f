import canonicalize from 'canonicalize';
import { sha256 } from '../platform/random.ts';
import { type Card, cardOf, type Ground } from './card.ts';
import { appraisedBy } from './ground.ts';
import type { PerformanceRules } from './model.ts';
import { overlap, type Period, plusDays } from './period.ts';

/** A period that was closed, is being closed, or was opened again. */
export interface Cycle {
  period: Period;
  state: 'closing' | 'closed' | 'open';
  /** Counts how often it was closed: what an earlier closing said is kept. */
  revision: number;
  /** The version of the rules that it is closed by, and the rules themselves. */
  version: number;
  rules: PerformanceRules;
  planIds: string[];
  startedAt: string;
  closedAt?: string;
  by: string;
  /** How many cards are frozen, the last of them in the order of ids, and the hash over all so far. */
  cards: number;
  upTo?: string;
  hash: string;
  earlier: {
    revision: number;
    version: number;
    closedAt: string;
    hash: string;
    reopenedAt: string;
    by: string;
    reason: string;
  }[];
}

/** A card as it is kept once its period is closed: what it was made of, what it says, and the hash over both. */
export interface Frozen {
  ground: Ground;
  card: Card;
  hash: string;
}

const json = (value: unknown): string => canonicalize(value) ?? '';

/** A card with what it was made of, sealed. What JSON leaves out is left out before. */
export function frozen(ground: Ground, rules: PerformanceRules, version: number): Frozen {
  const kept = JSON.parse(JSON.stringify(ground)) as Ground;
  const card = JSON.parse(JSON.stringify(cardOf(kept, rules, version))) as Card;
  return { ground: kept, card, hash: sha256(json({ ground: kept, card })) };
}

/** Whether a kept card is what was sealed, and what its own records make by the rules that were kept with it. */
export const isIntact = ({ ground, card, hash }: Frozen, rules: PerformanceRules): boolean =>
  sha256(json({ ground, card })) === hash && frozen(ground, rules, card.version).hash === hash;

/** The hash over cards in the order of their ids, one more. */
export const chained = (before: string, card: Pick<Frozen, 'hash'>): string => sha256(`${before}${card.hash}`);

/** The plans that a period of a kind closes. */
export const plansOf = (rules: PerformanceRules, kind: Period['kind']): string[] =>
  rules.plans.filter(({ cycle }) => appraisedBy(cycle, kind)).map(({ planId }) => planId);

/** Whether somebody is appraised by one of these plans. */
export const isAmong = ({ done }: Ground, planIds: readonly string[]): boolean =>
  done.some(({ segment }) => planIds.includes(segment.planId));

/** Why a period cannot be closed, or undefined: it is not over, or shares days and plans with one that is. */
export function refuseClosing(
  period: Period,
  planIds: readonly string[],
  others: readonly Pick<Cycle, 'period' | 'state' | 'planIds'>[],
  today: string,
): string | undefined {
  if (today < period.to) return `${period.name} is not over before ${period.to}`;
  if (planIds.length === 0) return `no plan is appraised by the ${period.kind}`;
  const other = others.find(
    (each) =>
      each.period.name !== period.name &&
      each.state !== 'open' &&
      overlap(each.period, period) &&
      each.planIds.some((planId) => planIds.includes(planId)),
  );
  return other && `${period.name} overlaps ${other.period.name}, which is closed, for the same plans`;
}

/** The last day on which the scores of a closed period may be appealed. */
export const appealsUntil = (closedOn: string, { appealDays }: Pick<PerformanceRules, 'appealDays'>): string =>
  plusDays(closedOn, appealDays);
