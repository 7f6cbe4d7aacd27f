import { createHmac } from 'node:crypto';
import { now } from '../../../shared/platform/clock.ts';
import { readSecret } from '../../../shared/platform/secrets.ts';
import { type Channel, type Message, NotTaken } from '../message.ts';
import { cut, labels, post } from './robot.ts';

const LONGEST = 18_000;

/** Feishu's signature of a moment (seconds since 1970): nothing signed, with it and the secret for a key. */
export const feishuSign = (secret: string, timestamp: string): string =>
  createHmac('sha256', `${timestamp}\n${secret}`).update('').digest('base64');

/** The message as the bot takes it. The signature stands in the body. */
export function feishuBody(message: Message, secret: string | undefined, at: Date) {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const text = cut(`${message.title}\n${message.text.replaceAll(/<\/?font[^>]*>/g, '')}`, LONGEST);
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
  send: async (message, id) => {
    const { feishuRobotUrl, feishuRobotSecret } = await readSecret();
    if (!feishuRobotUrl) throw new NotTaken('feishu', 'not-configured');
    const body = feishuBody(message, feishuRobotSecret, now());
    await post('feishu', feishuRobotUrl, body, labels(message, id), ({ code, StatusCode }) => code ?? StatusCode);
  },
};
