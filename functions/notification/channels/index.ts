import type { Channel, ChannelName } from '../message.ts';
import { crm } from './crm.ts';
import { dingtalk } from './dingtalk.ts';
import { email } from './email.ts';
import { feishu } from './feishu.ts';
import { push } from './push.ts';
import { sms } from './sms.ts';
import { smsAliyun } from './sms-aliyun.ts';
import { webPush } from './web-push.ts';
import { webhook } from './webhook.ts';
import { wecom } from './wecom.ts';
import { wecomApp } from './wecom-app.ts';

/** Every channel, by its name. */
export const channels: Readonly<Record<ChannelName, Channel>> = {
  push,
  'web-push': webPush,
  sms,
  'sms-aliyun': smsAliyun,
  wecom,
  'wecom-app': wecomApp,
  dingtalk,
  feishu,
  email,
  webhook,
  crm,
};
