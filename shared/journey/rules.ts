import * as z from 'zod';
import { sameLine } from '../lead/product-line.ts';
import { type Duration, duration, keptDuration, lasting } from '../sla/duration.ts';
import { defaultLostReasons, lostReasons } from './lost.ts';
import { type OpenStage, openStages } from './stages.ts';
import { text } from './words.ts';

/** The name of a standard action, by which contacts say that it was done. */
const actionId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'small letters, digits and hyphens');

const stage = (duration: Duration) =>
  z.strictObject({
    /** How long a deal should stay in it; without, as long as it takes. */
    target: duration.optional(),
    /** A deal turns red when nothing happened with it for so long: no move, and nobody was in touch. */
    stuckAfter: duration.default('P14D'),
    /** The standard actions. */
    checklist: z
      .array(z.strictObject({ id: actionId, text: text(300) }))
      .max(30)
      .default([]),
    /** What to say. */
    talkTrack: text(2000).optional(),
    /** What to write. */
    templates: z
      .array(z.strictObject({ name: text(100), text: text(4000) }))
      .max(20)
      .default([]),
    /** What must be so before a deal goes on: the customer was reached; these actions were done. */
    exit: z
      .strictObject({ contact: z.boolean().default(false), actions: z.array(actionId).max(30).default([]) })
      .default({ contact: false, actions: [] }),
  });

const stagesOf = (duration: Duration) => {
  const each = stage(duration);
  return z.strictObject(Object.fromEntries(openStages.map((name) => [name, each])) as Record<OpenStage, typeof each>);
};
const cycle = (duration: Duration) =>
  z.strictObject({
    /** How long a deal takes in the industry, on average, and the share of it that is aimed at. */
    industryMean: duration,
    share: z.number().min(0.05).max(2),
  });

const written = (duration: Duration) =>
  z.strictObject({
    stages: stagesOf(duration),
    cycle: cycle(duration).default({ industryMean: 'P30D', share: 0.8 }),
    /** Stages of a product line that are otherwise than for all others. */
    productLines: z
      .record(
        z.string().min(1).max(120),
        z.strictObject({ stages: stagesOf(duration).partial(), cycle: cycle(duration).optional() }),
      )
      .default({}),
    tasks: z
      .strictObject({
        /** Whoever has a task is reminded so long before it is due; their supervisor is told so long after it. */
        remindBefore: duration,
        supervisorAfter: duration,
      })
      .default({ remindBefore: 'PT1H', supervisorAfter: 'P1D' }),
    /** Why deals are lost, as it is counted; anything else counts as `other`. */
    lostReasons: lostReasons.default(defaultLostReasons),
    /** Files are given out only once a scanner found them clean. */
    evidence: z.strictObject({ scanned: z.boolean() }).default({ scanned: false }),
  });

/** What earlier versions were: a duration could be of any length. */
export const keptJourneyRules = written(keptDuration);

/** The stages that a deal goes through, each with its standard actions, by product line. */
export type JourneyRules = z.infer<typeof keptJourneyRules>;

/** How one stage is gone about. */
export type StageRules = z.infer<ReturnType<typeof stage>>;

/** The stages of deals, checked: each action named once, and each that is asked for is on the list. */
export const journeyRules = written(duration).superRefine((rules, context) => {
  const lines = Object.entries(rules.productLines).map(([name, own]) => ({
    path: ['productLines', name, 'stages'],
    own: own.stages as Partial<JourneyRules['stages']>,
    all: { ...rules.stages, ...own.stages },
  }));
  for (const { path, own, all } of [{ path: ['stages'], own: rules.stages, all: rules.stages }, ...lines]) {
    const named = new Map<string, string>();
    for (const name of openStages) {
      all[name].checklist.forEach(({ id }, at) => {
        const before = named.get(id);
        if (before !== undefined && own[name])
          context.addIssue({
            code: 'custom',
            path: [...path, name, 'checklist', at, 'id'],
            message: `${id} is an action of ${before} already`,
          });
        named.set(id, name);
      });
      own[name]?.exit.actions.forEach((id, at) => {
        if (all[name].checklist.some((action) => action.id === id)) return;
        context.addIssue({
          code: 'custom',
          path: [...path, name, 'exit', 'actions', at],
          message: `${id} is not on the checklist of ${name}`,
        });
      });
    }
  }
});

/** The stages and the cycle of a product line. */
export function journeyOf(rules: JourneyRules, productLine: string | undefined) {
  const lines = productLine === undefined ? [] : Object.keys(rules.productLines);
  const named = lines.find((line) => line === productLine) ?? lines.find((line) => sameLine(line, productLine ?? ''));
  const own = named === undefined ? undefined : rules.productLines[named];
  return {
    stages: { ...rules.stages, ...own?.stages } as JourneyRules['stages'],
    cycle: own?.cycle ?? rules.cycle,
  };
}

/** How long a deal may stand still in a stage before it turns red. Milliseconds. */
export const stuckAfter = (rules: StageRules): number => lasting(rules.stuckAfter);

/** How long a deal should stay in a stage, in hours, if that is named. */
export function targetHours(rules: JourneyRules, name: string, productLine?: string): number | null {
  const { stages } = journeyOf(rules, productLine);
  const target = (stages as Partial<Record<string, StageRules>>)[name]?.target;
  return target === undefined ? null : lasting(target) / 3_600_000;
}

/** How long a deal should take from its receipt until it is won, in hours. */
export function cycleTargetHours(rules: JourneyRules, productLine?: string): number {
  const { industryMean, share } = journeyOf(rules, productLine).cycle;
  return (lasting(industryMean) * share) / 3_600_000;
}
