import { createHmac } from 'node:crypto';
import { readSecret } from '../../../shared/platform/secrets.ts';
import { type Channel, type Message, notConfigured } from '../message.ts';
import { type Conduct, cut, labels, plain, post, whole } from './robot.ts';

const LONGEST = 18_000;

/** 11232: too much for the vendor just now. */
const conduct: Conduct = { code: ({ code, StatusCode }) => code ?? StatusCode, pause: { '11232': 60 } };

/** Feishu's signature of a moment (seconds since 1970): nothing signed, with it and the secret for a key. */
export const feishuSign = (secret: string, timestamp: string): string =>
  createHmac('sha256', `${timestamp}\n${secret}`).update('').digest('base64');

/** The message as the bot takes it. The signature stands in the body. */
export function feishuBody(message: Message, secret: string | undefined, at: Date) {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const text = cut(`${message.title}\n${plain(whole(message))}`, LONGEST);
  return {
    ...(secret ? { timestamp, sign: feishuSign(secret, timestamp) } : {}),
    msg_type: 'text' as const,
    content: { text },
  };
}

/** The admins' Feishu bot (`feishuRobotUrl` in the secret; `feishuRobotSecret` if it wants signatures). */
export const feishu: Channel = {
  name: 'feishu',
  perMinute: 100,
  send: async (message, sending) => {
    const { feishuRobotUrl, feishuRobotSecret } = await readSecret();
    if (!feishuRobotUrl) throw notConfigured('feishu');
    const body = feishuBody(message, feishuRobotSecret, sending.at);
    await post('feishu', feishuRobotUrl, body, { conduct, at: sending.at, headers: labels(message, sending) });
  },
};
