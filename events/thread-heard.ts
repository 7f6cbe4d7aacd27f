import * as z from 'zod';
import { event } from './contract.ts';

/** Something was said in a connected chat, or there is something to be asked for. Wakes chat. */
export const ThreadHeard = event(
  'ThreadHeard',
  {
    chat: z.string(),
    /** The thread of which messages wait. */
    threadId: z.string().optional(),
    /** What the vendor gave to ask for messages with. */
    ask: z.object({ account: z.string(), token: z.string() }).optional(),
  },
  { chat: 'wecom', threadId: 'kf/wk001/wm001' },
);
