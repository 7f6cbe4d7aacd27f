import * as z from 'zod';

/** The stages of a deal that is going on, in order. */
export const openStages = [
  'first-contact',
  'needs-diagnosis',
  'solution-demo',
  'objection-handling',
  'contract-negotiation',
] as const;

/** The sales stages in order; a deal that passes the last is won. */
export const stages = [...openStages, 'payment-confirmed'] as const;

/** A stage in which a deal goes on. */
export type OpenStage = (typeof openStages)[number];

/** Where a deal stands, since when (ISO 8601); how long it may stand still there, in milliseconds, if not two weeks. */
export interface Stage {
  name: (typeof stages)[number] | 'lost';
  since: string;
  stuckMs?: number;
}

/** A move asked for: to a stage, or to `lost` with the reason; forward past a stage, or past what it asks for, with a reason. */
export const stageMove = z
  .object({
    to: z.enum([...stages, 'lost']),
    lostReason: z.string().trim().min(1).max(500).optional(),
    reason: z.string().trim().min(1).max(500).optional(),
  })
  .refine((move) => move.to !== 'lost' || move.lostReason !== undefined, {
    path: ['lostReason'],
    message: 'a lost deal needs its reason',
  });
