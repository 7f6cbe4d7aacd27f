import { readSecret } from '../../../shared/platform/secrets.ts';
import { type Channel, type Message, notConfigured } from '../message.ts';
import { type Conduct, cut, labels, post, whole } from './robot.ts';

/** WeCom counts bytes of UTF-8, not characters. */
const LONGEST = 4096;

/** 93000: the robot is gone. (45009, too many, is kept off by our own count; it passes within a minute.) */
const conduct: Conduct = { code: ({ errcode }) => errcode, forGood: ['93000'] };

/** The message as the robot takes it: markdown, at most 4096 bytes. */
export const wecomBody = (message: Message): { msgtype: 'markdown'; markdown: { content: string } } => ({
  msgtype: 'markdown',
  markdown: { content: cut(`**${message.title}**\n${whole(message)}`, LONGEST) },
});

/** The admins' WeCom group robot (`wecomRobotUrl` in the secret). */
export const wecom: Channel = {
  name: 'wecom',
  perMinute: 20,
  send: async (message, sending) => {
    const { wecomRobotUrl } = await readSecret();
    if (!wecomRobotUrl) throw notConfigured('wecom');
    const headers = labels(message, sending);
    await post('wecom', wecomRobotUrl, wecomBody(message), { conduct, at: sending.at, headers });
  },
};
