import * as z from 'zod';
import { event } from './contract.ts';

/** Messages wait for a channel that did not take them, and it is time to try it again. Wakes notification. */
export const ChannelDue = event('ChannelDue', { channel: z.string() }, { channel: 'wecom' });
