import * as z from 'zod';

/** Ways in which a rep comes to be considered; the first in the configured order that leaves somebody decides. */
export const bases = ['preference', 'history', 'territory'] as const;

/** How leads find their reps. */
export const routingRules = z.strictObject({
  order: z
    .array(z.enum(bases))
    .min(1)
    .refine((order) => new Set(order).size === order.length, 'each basis once'),
  /** Seconds to wait after the first, second, … attempt that found nobody. */
  retryAfterSeconds: z.array(z.number().min(0).max(900)).min(1).max(10),
  /** Attempts in a row that find nobody before the manual group takes over. */
  attemptsBeforeManual: z.int().min(1).max(10),
});

/** How leads find their reps. */
export type RoutingRules = z.infer<typeof routingRules>;

/** The customer's wish, then who serves them already, then the territory; three attempts, some seconds apart. */
export const defaultRoutingRules: RoutingRules = {
  order: ['preference', 'history', 'territory'],
  retryAfterSeconds: [1, 3],
  attemptsBeforeManual: 3,
};
