import * as z from 'zod';
import { instant } from '../platform/instant.ts';

/** How a customer was contacted. */
export const contactChannels = ['phone', 'visit', 'meeting', 'wecom', 'dingtalk', 'email', 'sms'] as const;

const words = z.string().trim().min(1);

/** A contact as it is logged. `minutes` is how long it took, `at` when it was if not now. */
export const interaction = z.strictObject({
  at: z.iso.datetime({ offset: true }).optional(),
  /** Whether the customer was reached; by default, what the outcome says. */
  reached: z.boolean().optional(),
  channel: z.enum(contactChannels),
  minutes: z
    .number()
    .min(0)
    .max(24 * 60)
    .default(0),
  summary: words.max(10_000),
  outcome: words.max(200),
  nextStep: z.strictObject({ text: words.max(2000), dueAt: instant }).optional(),
  evidence: z
    .array(
      z
        .strictObject({
          name: words.max(200),
          url: z
            .url({ protocol: /^https?$/ })
            .max(2000)
            .optional(),
          uploadId: words.max(100).optional(),
        })
        .refine(
          (evidence) => (evidence.url === undefined) !== (evidence.uploadId === undefined),
          'either url or uploadId',
        ),
    )
    .max(20)
    .optional(),
  /** How the customer took it, and who of theirs was there. */
  reaction: z.enum(['positive', 'neutral', 'negative']).optional(),
  with: z.array(words.max(120)).max(20).optional(),
  /** Standard actions of the stage that were done. */
  done: z.array(words.max(60)).max(60).optional(),
});

/** A correction of a contact that was logged: the contact as it was, or that it never was. */
export const correction = z
  .union([
    z.strictObject({ retracted: z.literal(true), reason: words.max(500) }),
    interaction.extend({ reason: words.max(500), at: z.iso.datetime({ offset: true }) }),
  ])
  .meta({ description: 'the whole contact as it was (with its time), or {"retracted": true}; and why' });

/** Outcomes, in any spelling, that say that nobody was reached, or that only a machine answered. */
const UNREACHED =
  /^(no[ -]?answer|not[ -]?reached|unreached|busy|failed|failed[ -]?dial|voicemail|switched[ -]?off|wrong[ -]?number|bounced|out[ -]?of[ -]?office|auto[ -]?repl(y|ied))$|未接|无人接听|占线|忙线|关机|停机|空号|拒接|打不通|未联系上|自动回复/i;

/** Whether the customer was reached: a failed dial and a machine's answer are no contact. */
export const isContact = ({ outcome, reached }: Pick<z.infer<typeof interaction>, 'outcome' | 'reached'>): boolean =>
  reached ?? !UNREACHED.test(outcome.trim());

interface ItemKey {
  pk: string;
  sk: string;
}

/** A contact that was logged: what, by whom (absent when an admin without a rep id did), when. */
export type Interaction = z.infer<typeof interaction> & {
  interactionId: string;
  at: string;
  repId?: string;
  /** The record that this one corrects, why, and whether that contact never was. */
  corrects?: string;
  reason?: string;
  retracted?: true;
  /** Where it is counted, and the record of that; of one that corrects another, for whom (empty: for nobody). */
  counted?: { row: ItemKey; deed: ItemKey; repId?: string };
};
