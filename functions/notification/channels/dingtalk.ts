import { createHmac } from 'node:crypto';
import { now } from '../../../shared/platform/clock.ts';
import { readSecret } from '../../../shared/platform/secrets.ts';
import { type Channel, type Message, NotTaken } from '../message.ts';
import { cut, labels, post } from './robot.ts';

const LONGEST = 20_000;

/** DingTalk's signature of a moment (milliseconds since 1970): HMAC-SHA256 of it and the secret, keyed by the secret. */
export const dingtalkSign = (secret: string, timestamp: string): string =>
  createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');

/** The message as the robot takes it. Colours are WeCom's. */
export const dingtalkBody = (message: Message): { msgtype: 'markdown'; markdown: { title: string; text: string } } => {
  const text = `### ${message.title}\n${message.text.replaceAll(/<\/?font[^>]*>/g, '')}`;
  return { msgtype: 'markdown', markdown: { title: message.title, text: cut(text, LONGEST) } };
};

/** The admins' DingTalk group robot (`dingtalkRobotUrl` in the secret; `dingtalkRobotSecret` if it wants signatures). */
export const dingtalk: Channel = {
  name: 'dingtalk',
  perMinute: 20,
  send: async (message, id) => {
    const { dingtalkRobotUrl, dingtalkRobotSecret } = await readSecret();
    if (!dingtalkRobotUrl) throw new NotTaken('dingtalk', 'not-configured');
    const url = new URL(dingtalkRobotUrl);
    if (dingtalkRobotSecret) {
      const timestamp = String(now().getTime());
      url.searchParams.set('timestamp', timestamp);
      url.searchParams.set('sign', dingtalkSign(dingtalkRobotSecret, timestamp));
    }
    await post('dingtalk', url.href, dingtalkBody(message), labels(message, id), ({ errcode }) => errcode);
  },
};
