import * as z from 'zod';
import { readSecret } from '../../../shared/platform/secrets.ts';
import { type Channel, type Message, NotTaken } from '../message.ts';

const TIMEOUT = 5000;
/** WeCom counts bytes of UTF-8, not characters. */
const LONGEST = 4096;

const answer = z.object({ errcode: z.number() });

/** The message as the robot takes it: markdown, at most 4096 bytes. */
export function wecomBody(message: Message): { msgtype: 'markdown'; markdown: { content: string } } {
  const content = `**${message.title}**\n${message.text}`;
  const bytes = Buffer.from(content);
  // A cut in the middle of a character would leave a replacement character.
  const fitting =
    bytes.length <= LONGEST
      ? content
      : bytes
          .subarray(0, LONGEST - 3)
          .toString('utf8')
          .replace(/\uFFFD+$/, '');
  return { msgtype: 'markdown', markdown: { content: fitting } };
}

/** The admins' WeCom group robot (`wecomRobotUrl` in the secret). It reports errors in the body, under status 200. */
export const wecom: Channel = {
  name: 'wecom',
  send: async (message, id) => {
    const { wecomRobotUrl } = await readSecret();
    if (!wecomRobotUrl) throw new NotTaken('wecom', 'not-configured');
    const response = await fetch(wecomRobotUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-leadkeeper-kind': message.kind,
        'x-leadkeeper-to': message.to,
        'x-leadkeeper-message-id': id,
        ...(message.leadId ? { 'x-leadkeeper-lead-id': message.leadId } : {}),
      },
      body: JSON.stringify(wecomBody(message)),
      signal: AbortSignal.timeout(TIMEOUT),
      redirect: 'error',
    });
    if (!response.ok) throw new NotTaken('wecom', String(response.status));
    const said = answer.safeParse(await response.json().catch(() => undefined));
    if (!said.success || said.data.errcode !== 0)
      throw new NotTaken('wecom', String(said.data?.errcode ?? 'unreadable'));
  },
};
