import { readSecret } from '../../../shared/platform/secrets.ts';
import { type Channel, type Message, NotTaken } from '../message.ts';
import { cut, labels, post } from './robot.ts';

/** WeCom counts bytes of UTF-8, not characters. */
const LONGEST = 4096;

/** The message as the robot takes it: markdown, at most 4096 bytes. */
export const wecomBody = (message: Message): { msgtype: 'markdown'; markdown: { content: string } } => ({
  msgtype: 'markdown',
  markdown: { content: cut(`**${message.title}**\n${message.text}`, LONGEST) },
});

/** The admins' WeCom group robot (`wecomRobotUrl` in the secret). */
export const wecom: Channel = {
  name: 'wecom',
  perMinute: 20,
  send: async (message, id) => {
    const { wecomRobotUrl } = await readSecret();
    if (!wecomRobotUrl) throw new NotTaken('wecom', 'not-configured');
    await post('wecom', wecomRobotUrl, wecomBody(message), labels(message, id), ({ errcode }) => errcode);
  },
};
