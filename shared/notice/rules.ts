import * as z from 'zod';
import { type MessageKind, messageKinds, valuesOf } from './kinds.ts';
import { languageTags } from './languages/index.ts';
import { quietHours } from './quiet.ts';
import { placesIn } from './template.ts';

/** Channels by which the admins can be alerted. */
export const adminChannels = ['wecom', 'dingtalk', 'feishu', 'email', 'webhook'] as const;

/** Channels by which a member of staff can be told of things. */
export const staffChannels = ['push', 'web-push', 'sms', 'sms-aliyun', 'wecom-app', 'email'] as const;

/** Channels by which a customer can be written to. */
export const customerChannels = ['email', 'sms', 'sms-aliyun'] as const;

/** Channels by which other systems are told of the moves of deals. */
export const dealChannels = ['crm'] as const;

const once = (names: readonly string[]): boolean => new Set(names).size === names.length;
const each = <T extends readonly [string, ...string[]]>(names: T) =>
  z.array(z.enum(names)).max(names.length).refine(once, 'each channel once');

const wordsFor = (kind: MessageKind) => {
  const known: readonly string[] = valuesOf[kind];
  const words = (longest: number) =>
    z
      .string()
      .trim()
      .min(1)
      .max(longest)
      .superRefine((text, context) => {
        for (const place of placesIn(text)) {
          if (known.includes(place)) continue;
          const message = `{${place}} is no value of ${kind}; there are ${known.map((name) => `{${name}}`).join(', ')}`;
          context.addIssue({ code: 'custom', message });
        }
      });
  return z.strictObject({ title: words(100), text: words(2000) });
};

const templates = z
  .strictObject(Object.fromEntries(messageKinds.map((kind) => [kind, wordsFor(kind)])))
  .partial() as z.ZodType<Partial<Record<MessageKind, { title: string; text: string }>>>;

const talkTrack = wordsFor('lead-assigned').shape.text;
const playbook = z.strictObject({ talkTrack, tasks: z.array(z.string().trim().min(1).max(200)).max(20) });

/** By which channels people are told of things, in which words, and when not. */
export const noticeRules = z
  .strictObject({
    /** The admins' alerts go to each of these. */
    admins: each(adminChannels).min(1),
    /** When one of these does not take an alert for good, the first of these that does gets it. */
    adminsInstead: each(adminChannels).default([]),
    /** Where the admins' e-mail goes. */
    adminEmail: z.email().max(320).optional(),
    /** Other systems that are told of every move of a deal. */
    deals: each(dealChannels).default([]),
    /** A person is told by each of `first` by which they can be reached; instead of one that fails for good, by the next of `instead`. */
    staff: z
      .strictObject({ first: each(staffChannels).min(1), instead: each(staffChannels) })
      .default({ first: ['push', 'sms'], instead: ['wecom-app', 'web-push', 'email'] }),
    /** The language of whoever has not chosen one, and of the admins' alerts. */
    language: z.enum(languageTags).default('zh-CN'),
    /** The quiet hours of whoever has not chosen theirs. A new lead's first message to its owner goes out all the same. */
    quietHours: quietHours.optional(),
    /** The company's own words, by language and kind. */
    templates: z.partialRecord(z.enum(languageTags), templates).default({}),
    /** What the owner of a new lead is to say and do first, by language. */
    playbook: z.partialRecord(z.enum(languageTags), playbook).default({}),
  })
  .refine(
    ({ admins, adminsInstead, adminEmail }) =>
      adminEmail !== undefined || ![...admins, ...adminsInstead].includes('email'),
    { path: ['adminEmail'], message: 'needed when the admins are told by e-mail' },
  );

/** By which channels people are told of things, in which words, and when not. */
export type NoticeRules = z.infer<typeof noticeRules>;

/** The group robot of WeCom; push and SMS to the staff. */
export const defaultNoticeRules: NoticeRules = noticeRules.parse({ admins: ['wecom'] });
