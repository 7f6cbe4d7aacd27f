import * as z from 'zod';

/** How a customer was contacted. */
export const contactChannels = ['phone', 'visit', 'meeting', 'wecom', 'dingtalk', 'email', 'sms'] as const;

const words = z.string().trim().min(1);

/** A contact as it is logged. `minutes` is how long it took. */
export const interaction = z.strictObject({
  channel: z.enum(contactChannels),
  minutes: z
    .number()
    .min(0)
    .max(24 * 60)
    .default(0),
  summary: words.max(10_000),
  outcome: words.max(200),
  nextStep: z.strictObject({ text: words.max(2000), dueAt: z.iso.datetime({ offset: true }) }).optional(),
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
});

/** A contact that was logged: what, by whom (absent when an admin without a rep id did), when. */
export type Interaction = z.infer<typeof interaction> & { interactionId: string; at: string; repId?: string };
