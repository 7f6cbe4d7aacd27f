import { createHash } from 'node:crypto';
import type { Reply } from './backplane.ts';

/**
 * A message's JSON without characters beyond U+FFFF, each escaped instead: SQS takes them, fauxqs 2.4.1 refuses the message. To whoever
 * reads the JSON it is the same.
 */
export const escaped = (json: string): string =>
  json.replace(/[\u{10000}-\u{10FFFF}]/gu, (character) =>
    [...Array(character.length).keys()].map((at) => `\\u${character.charCodeAt(at).toString(16)}`).join(''),
  );

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** Sends a message that a handler sends, so that fauxqs takes it; the answer's checksum is of what the handler sent. */
export async function sendEscaped(body: Buffer, forward: (body: Buffer) => Promise<Reply>): Promise<Reply> {
  const asked = JSON.parse(body.toString('utf8')) as { MessageBody?: string };
  const { MessageBody = '' } = asked;
  const sent = escaped(MessageBody);
  if (sent === MessageBody) return forward(body);
  const reply = await forward(Buffer.from(JSON.stringify({ ...asked, MessageBody: sent })));
  if (reply.status !== 200) return reply;
  const answered = JSON.parse(reply.body.toString('utf8')) as object;
  return { ...reply, body: Buffer.from(JSON.stringify({ ...answered, MD5OfMessageBody: md5(MessageBody) })) };
}
