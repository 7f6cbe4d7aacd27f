import * as z from 'zod';

/** Channels by which the admins can be alerted. */
export const adminChannels = ['wecom', 'dingtalk', 'feishu', 'webhook'] as const;

/** By which channels people are told of things. */
export const noticeRules = z.strictObject({
  /** The admins' alerts go to each of these. */
  admins: z
    .array(z.enum(adminChannels))
    .min(1)
    .refine((names) => new Set(names).size === names.length, 'each channel once'),
});

/** By which channels people are told of things. */
export type NoticeRules = z.infer<typeof noticeRules>;

/** The group robot of WeCom. */
export const defaultNoticeRules: NoticeRules = { admins: ['wecom'] };
