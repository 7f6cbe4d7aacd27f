import type { Channel, ChannelName } from '../message.ts';
import { push } from './push.ts';
import { sms } from './sms.ts';
import { wecom } from './wecom.ts';

/** Every channel, by its name. */
export const channels: Readonly<Record<ChannelName, Channel>> = { push, sms, wecom };
