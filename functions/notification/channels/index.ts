import type { Channel, ChannelName } from '../message.ts';
import { dingtalk } from './dingtalk.ts';
import { feishu } from './feishu.ts';
import { push } from './push.ts';
import { sms } from './sms.ts';
import { webhook } from './webhook.ts';
import { wecom } from './wecom.ts';

/** Every channel, by its name. */
export const channels: Readonly<Record<ChannelName, Channel>> = { push, sms, wecom, dingtalk, feishu, webhook };
