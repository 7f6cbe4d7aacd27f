import * as z from 'zod';
import { type Channel, type Message, NotTaken } from '../message.ts';

const TIMEOUT = 5000;
/** No vendor answers more than a few words, in bytes. */
const LARGEST_ANSWER = 64 * 1024;

/** Who a message is from and about, for whoever looks at it on the way; the id is the same at every try. */
export const labels = (message: Message, id: string): Record<string, string> => ({
  'x-leadkeeper-kind': message.kind,
  'x-leadkeeper-to': message.to,
  'x-leadkeeper-message-id': id,
  ...(message.leadId ? { 'x-leadkeeper-lead-id': message.leadId } : {}),
});

/** The text of an answer. @throws NotTaken when it is longer than any vendor's */
async function textOf(answer: Response, channel: Channel['name']): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body ?? []) {
    size += chunk.length;
    if (size > LARGEST_ANSWER) throw new NotTaken(channel, 'answer-too-long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * Posts JSON to a group's robot. Vendors report errors in the body, under status 200: `code` reads the vendor's own from it.
 * @throws NotTaken with the status, or the vendor's code when it is not 0
 */
export async function post(
  channel: Channel['name'],
  url: string,
  body: object,
  headers: Record<string, string>,
  code: (answer: Record<string, unknown>) => unknown,
): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(TIMEOUT),
    redirect: 'error',
  });
  const text = await textOf(answer, channel);
  if (!answer.ok) throw new NotTaken(channel, String(answer.status));
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    throw new NotTaken(channel, 'unreadable');
  }
  const parsed = z.record(z.string(), z.unknown()).safeParse(said);
  const found = parsed.success ? code(parsed.data) : 'unreadable';
  if (found !== 0) throw new NotTaken(channel, String(found ?? 'unreadable'));
}

/** Cuts text to so many bytes of UTF-8, never within a character. */
export function cut(text: string, longest: number): string {
  const bytes = Buffer.from(text);
  // A cut in the middle of a character would leave a replacement character.
  return bytes.length <= longest
    ? text
    : bytes
        .subarray(0, longest - 3)
        .toString('utf8')
        .replace(/\uFFFD+$/, '');
}
