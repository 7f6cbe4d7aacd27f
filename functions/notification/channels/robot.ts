import * as z from 'zod';
import { sha256 } from '../../../shared/platform/random.ts';
import { type Channel, type Message, NotTaken, type Sending } from '../message.ts';

const TIMEOUT = 5000;
/** No vendor answers more than a few words, in bytes. */
const LARGEST_ANSWER = 64 * 1024;

/** Who a message is for and about, for whoever looks at it on the way; the id is the same at every try, and names nobody. */
export const labels = (message: Message, { id }: Sending): Record<string, string> => ({
  'x-leadkeeper-kind': message.kind,
  'x-leadkeeper-to': encodeURIComponent(message.to),
  'x-leadkeeper-message-id': sha256(id).slice(0, 32),
  ...(message.leadId ? { 'x-leadkeeper-lead-id': message.leadId } : {}),
});

/** Title, text, what to say and do, and where one sees more: for channels with room for all of it. */
export const whole = ({ text, details, link }: Message): string =>
  [text, ...(details ? [details] : []), ...(link && !text.includes(link) ? [link] : [])].join('\n');

/** Without WeCom's colours, which no other vendor knows. */
export const plain = (text: string): string => text.replaceAll(/<\/?font[^>]*>/g, '');

/** What a vendor says of itself. */
export interface Conduct {
  /** The vendor's own code in its answer, and which one is good (0). */
  code: (answer: Record<string, unknown>) => unknown;
  good?: unknown;
  /** Codes after which no try of the same message can succeed. */
  forGood?: readonly string[];
  /** Codes after which the vendor takes nothing for so many seconds. */
  pause?: Readonly<Record<string, number>>;
}

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

/** Seconds until the receiver wants to be called again, as it says in seconds or by a date; at most a day. */
export function retryAfter(answer: Response, at: Date): number | undefined {
  const said = answer.headers.get('retry-after');
  if (said === null) return undefined;
  const seconds = /^\d+$/.test(said) ? Number(said) : Math.ceil((Date.parse(said) - at.getTime()) / 1000);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 1), 24 * 3600) : undefined;
}

/**
 * Asks a vendor something over HTTP. Vendors report errors in the body, under status 200.
 * @returns what it answered
 * @throws NotTaken with the status, or the vendor's code when it is not the good one
 */
export async function ask(
  channel: Channel['name'],
  url: string,
  { conduct, at, ...request }: RequestInit & { conduct: Conduct; at: Date },
): Promise<Record<string, unknown>> {
  const answer = await fetch(url, { ...request, signal: AbortSignal.timeout(TIMEOUT), redirect: 'error' });
  const text = await textOf(answer, channel);
  if (!answer.ok) throw new NotTaken(channel, String(answer.status), { retryAfter: retryAfter(answer, at) });
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    throw new NotTaken(channel, 'unreadable');
  }
  const parsed = z.record(z.string(), z.unknown()).safeParse(said);
  if (!parsed.success) throw new NotTaken(channel, 'unreadable');
  const code = String(conduct.code(parsed.data) ?? 'unreadable');
  if (code !== String(conduct.good ?? 0))
    throw new NotTaken(channel, code, {
      forGood: conduct.forGood?.includes(code) ?? false,
      retryAfter: conduct.pause?.[code],
    });
  return parsed.data;
}

/** Posts JSON to a vendor. @throws as {@link ask} */
export const post = (
  channel: Channel['name'],
  url: string,
  body: object,
  { conduct, at, headers }: { conduct: Conduct; at: Date; headers: Record<string, string> },
): Promise<Record<string, unknown>> =>
  ask(channel, url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    conduct,
    at,
  });

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
