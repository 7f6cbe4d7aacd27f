import * as z from 'zod';
import { event } from './contract.ts';

/** A chat directory says that something about a member changed, but not what. Wakes directory, which asks. */
export const DirectoryMemberChanged = event(
  'DirectoryMemberChanged',
  { directory: z.string(), userId: z.string(), asOf: z.iso.datetime({ precision: 3 }) },
  { directory: 'dingtalk', userId: 'zhangsan', asOf: '2026-11-01T02:00:00.000Z' },
);
