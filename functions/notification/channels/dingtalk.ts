import { createHmac } from 'node:crypto';
import { readSecret } from '../../../shared/platform/secrets.ts';
import { type Channel, type Message, notConfigured } from '../message.ts';
import { type Conduct, cut, labels, plain, post, whole } from './robot.ts';

const LONGEST = 20_000;

/** 400101: wrong token; 400102: disabled; 400106: the robot is gone. 410100: too many, throttled for ten minutes. */
const conduct: Conduct = {
  code: ({ errcode }) => errcode,
  forGood: ['400101', '400102', '400106'],
  pause: { '410100': 600 },
};

/** DingTalk's signature of a moment (milliseconds since 1970): HMAC-SHA256 of it and the secret, keyed by the secret. */
export const dingtalkSign = (secret: string, timestamp: string): string =>
  createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');

/** The message as the robot takes it. */
export const dingtalkBody = (message: Message): { msgtype: 'markdown'; markdown: { title: string; text: string } } => {
  const text = `### ${message.title}\n${plain(whole(message))}`;
  return { msgtype: 'markdown', markdown: { title: message.title, text: cut(text, LONGEST) } };
};

/** The admins' DingTalk group robot (`dingtalkRobotUrl` in the secret; `dingtalkRobotSecret` if it wants signatures). */
export const dingtalk: Channel = {
  name: 'dingtalk',
  perMinute: 20,
  send: async (message, sending) => {
    const { dingtalkRobotUrl, dingtalkRobotSecret } = await readSecret();
    if (!dingtalkRobotUrl) throw notConfigured('dingtalk');
    const url = new URL(dingtalkRobotUrl);
    if (dingtalkRobotSecret) {
      const timestamp = String(sending.at.getTime());
      url.searchParams.set('timestamp', timestamp);
      url.searchParams.set('sign', dingtalkSign(dingtalkRobotSecret, timestamp));
    }
    const headers = labels(message, sending);
    await post('dingtalk', url.href, dingtalkBody(message), { conduct, at: sending.at, headers });
  },
};
