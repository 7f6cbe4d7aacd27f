import * as z from 'zod';

const DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** Milliseconds of an ISO 8601 duration of days, hours, minutes and seconds, or undefined when it is none. */
export function milliseconds(duration: string): number | undefined {
  const parts = DURATION.exec(duration);
  if (!parts || !/\d/.test(duration)) return undefined;
  const [days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
  ];
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}

const duration = z
  .string()
  .refine((text) => (milliseconds(text) ?? 0) > 0, 'an ISO 8601 duration such as PT2H')
  .meta({ example: 'PT2H' });

/** When a lead that nobody contacted is escalated, counted from its receipt. */
export const slaRules = z
  .strictObject({ supervisorAfter: duration, exceptionAfter: duration })
  .refine((rules) => (milliseconds(rules.exceptionAfter) ?? 0) > (milliseconds(rules.supervisorAfter) ?? 0), {
    path: ['exceptionAfter'],
    message: 'must be longer than supervisorAfter',
  });

/** Deadlines for escalation. */
export type SlaRules = z.infer<typeof slaRules>;

/** 2 h to the supervisor, 4 h to the exception report. */
export const defaultSlaRules: SlaRules = { supervisorAfter: 'PT2H', exceptionAfter: 'PT4H' };

/** The deadlines in milliseconds. */
export const deadlines = (rules: SlaRules) => ({
  supervisorMs: milliseconds(rules.supervisorAfter) ?? 0,
  exceptionMs: milliseconds(rules.exceptionAfter) ?? 0,
});
