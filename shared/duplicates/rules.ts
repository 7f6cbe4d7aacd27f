import * as z from 'zod';
import { milliseconds } from '../sla/rules.ts';

const DAY = 24 * 3600 * 1000;

/** When a post is a duplicate of an open lead, and what follows from it. */
export const duplicateRules = z.strictObject({
  /** So long after a lead came in, a post of the same person is a duplicate of it. Days. */
  windowDays: z.int().min(1).max(365).default(30),
  /** The same company and a similar name, though nothing by which to reach them is the same. */
  likely: z
    .strictObject({
      enabled: z.boolean().default(true),
      /** How similar the names must be: 1 for the same name, 0 for nothing in common. */
      threshold: z.number().min(0.5).max(1).default(0.85),
      /** Whose first post was of another source; or of any. Of one source they may be colleagues who fill in the same form. */
      across: z.enum(['other-sources', 'all-sources']).default('other-sources'),
    })
    .default({ enabled: true, threshold: 0.85, across: 'other-sources' }),
  /** Whether the owner has as long again to contact the customer, from the new post on. */
  restartClock: z.boolean().default(false),
  /** The owner is told of new interest at most once in so long. */
  tellAgainAfter: z
    .string()
    .refine((text) => (milliseconds(text) ?? 0) > 0, 'an ISO 8601 duration such as PT1H')
    .default('PT1H'),
});

/** When a post is a duplicate of an open lead, and what follows from it. */
export type DuplicateRules = z.infer<typeof duplicateRules>;

/** 30 days, likely ones of other sources too; the clock runs on; told at most hourly. */
export const defaultDuplicateRules: DuplicateRules = duplicateRules.parse({});

/** A time from which on leads that came in take duplicates (milliseconds since 1970). */
export const windowBegins = ({ windowDays }: DuplicateRules, at: Date): number => at.getTime() - windowDays * DAY;
