import * as z from 'zod';

/** The sales stages in order; a deal that passes the last is won. */
export const stages = [
  'first-contact',
  'needs-diagnosis',
  'solution-demo',
  'objection-handling',
  'contract-negotiation',
  'payment-confirmed',
] as const;

/** Where a deal stands, since when (ISO 8601). */
export interface Stage {
  name: (typeof stages)[number] | 'lost';
  since: string;
}

/** A move asked for: to a stage, or to `lost` with the reason. */
export const stageMove = z
  .object({ to: z.enum([...stages, 'lost']), lostReason: z.string().trim().min(1).max(500).optional() })
  .refine((move) => move.to !== 'lost' || move.lostReason !== undefined, {
    path: ['lostReason'],
    message: 'a lost deal needs its reason',
  });

/** Why a deal cannot move so, or undefined when it can. Back is allowed, forward one stage at a time. */
export function refuseMove(from: Stage['name'], to: Stage['name']): string | undefined {
  if (from === 'lost') return 'the deal is lost already';
  if (from === 'payment-confirmed') return 'the deal is won already';
  if (to === 'lost') return undefined;
  if (to === from) return `the deal is in ${to} already`;
  const [at, next] = [stages.indexOf(from), stages.indexOf(to)];
  return next > at + 1 ? `from ${from} the next stage is ${stages[at + 1]}` : undefined;
}
