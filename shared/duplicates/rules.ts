import * as z from 'zod';
import { type Duration, duration, keptDuration } from '../sla/duration.ts';

const DAY = 24 * 3600 * 1000;

const written = (duration: Duration) =>
  z.strictObject({
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
    tellAgainAfter: duration.default('PT1H'),
  });

/** When a post is a duplicate of an open lead, and what follows from it. */
export const duplicateRules = written(duration);

/** What earlier versions were: a duration could be of any length. */
export const keptDuplicateRules = written(keptDuration);

/** When a post is a duplicate of an open lead, and what follows from it. */
export type DuplicateRules = z.infer<typeof duplicateRules>;

/** 30 days, likely ones of other sources too; the clock runs on; told at most hourly. */
export const defaultDuplicateRules: DuplicateRules = duplicateRules.parse({});

/** A time from which on leads that came in take duplicates (milliseconds since 1970). */
export const windowBegins = ({ windowDays }: DuplicateRules, at: Date): number => at.getTime() - windowDays * DAY;
