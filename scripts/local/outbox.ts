import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { json, type Reply, type ServiceHandler } from './backplane.ts';
import type { Clock } from './clock.ts';
import { DELAY, type Faults } from './faults.ts';
import { vendorOf } from './vendors.ts';

/** A message that would have left the system. `body` is in its channel's own wire format. */
export interface Sent {
  at: string;
  channel: string;
  to: string;
  kind: string;
  leadId?: string;
  messageId?: string;
  body: unknown;
}

/** A call of a vendor: the channel's name, then the vendor's own path. */
export interface VendorCall {
  path: readonly string[];
  query: URLSearchParams;
  headers: Record<string, string>;
  body: Buffer;
}

/** What would have gone to phones and chats, kept in the data folder. */
export interface Outbox {
  readonly sns: ServiceHandler;
  readonly ses: ServiceHandler;
  /** Takes what is sent to a vendor over plain HTTP, and answers as the vendor would. */
  readonly chat: (call: VendorCall) => Promise<Reply>;
  /** The newest of them; all are in the file. */
  readonly since: (moment: string | undefined) => Sent[];
  /** Drops what was sent about these leads. */
  readonly forget: (leadIds: readonly string[]) => void;
}

/** So many, at least, are shown. */
const SHOWN = 100_000;

/** Opens the outbox. The same message id is taken once, however often it is sent. */
export function openOutbox(dataDir: string, clock: Clock, faults: Faults, onSent: (message: Sent) => void): Outbox {
  const file = join(dataDir, 'outbox.jsonl');
  mkdirSync(dataDir, { recursive: true });
  const sent = read(file);
  const seen = new Set(sent.flatMap(({ messageId }) => messageId ?? []));

  function keep(message: Sent): void {
    if (message.messageId !== undefined) {
      if (seen.has(message.messageId)) return;
      seen.add(message.messageId);
    }
    appendFileSync(file, `${JSON.stringify(message)}\n`);
    sent.push(message);
    // The file has them all.
    if (sent.length >= 2 * SHOWN) sent.splice(0, sent.length - SHOWN);
    onSent(message);
  }

  async function fault(channel: string): Promise<'error' | 'throttle' | undefined> {
    const kind = faults.strike(`channel:${channel}`, ['error', 'throttle', 'delay']);
    if (kind === 'delay') await wait(DELAY);
    return kind === 'error' || kind === 'throttle' ? kind : undefined;
  }

  return {
    forget: (leadIds) => {
      const kept = sent.filter((message) => !leadIds.some((leadId) => JSON.stringify(message).includes(leadId)));
      sent.splice(0, sent.length, ...kept);
      writeFileSync(file, kept.map((message) => `${JSON.stringify(message)}\n`).join(''));
    },

    since: (moment) => sent.filter(({ at }) => moment === undefined || at >= moment),

    sns: async (_, body) => {
      const form = Object.fromEntries(new URLSearchParams(body.toString('utf8')));
      const said = snsAttributes(form);
      const channel = form.PhoneNumber === undefined ? 'push' : 'sms';
      const kind = await fault(channel);
      if (kind) return snsError(kind);
      const { leadId, messageId } = said;
      keep({
        at: clock.now().toISOString(),
        channel,
        to: form.PhoneNumber ?? said.repId ?? form.TopicArn ?? form.TargetArn ?? '',
        kind: said.kind ?? '',
        ...(leadId ? { leadId } : {}),
        ...(messageId ? { messageId } : {}),
        body: form,
      });
      return xml(
        200,
        '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>local</MessageId></PublishResult></PublishResponse>',
      );
    },

    ses: async (_, body) => {
      const said = JSON.parse(body.toString('utf8')) as SentEmail;
      const kind = await fault('email');
      if (kind) return sesError(kind);
      const tag = (name: string) => said.EmailTags?.find(({ Name }) => Name === name)?.Value;
      const [leadId, messageId] = [tag('leadId'), tag('messageId')];
      keep({
        at: clock.now().toISOString(),
        channel: 'email',
        to: said.Destination?.ToAddresses?.[0] ?? '',
        kind: tag('kind') ?? '',
        ...(leadId ? { leadId } : {}),
        ...(messageId ? { messageId } : {}),
        body: said,
      });
      return json(200, { MessageId: 'local' });
    },

    chat: async ({ path: [name = '', ...path], query, headers, body }) => {
      const vendor = vendorOf(name);
      const channel = vendor.channel ?? name;
      const asked = vendor.asks?.(
        path.join('/'),
        query,
        sent.filter((each) => each.channel === channel).map((each) => each.body),
      );
      if (asked !== undefined) return json(200, asked);
      const kind = await fault(channel);
      if (kind === 'error') return json(500, { message: 'made on purpose' });
      if (kind === 'throttle') return json(200, vendor.tooMany);
      const leadId = headers['x-leadkeeper-lead-id'];
      const messageId = headers['x-leadkeeper-message-id'];
      keep({
        at: clock.now().toISOString(),
        channel,
        to: decodeURIComponent(headers['x-leadkeeper-to'] ?? path.join('/')),
        kind: headers['x-leadkeeper-kind'] ?? '',
        ...(leadId ? { leadId } : {}),
        ...(messageId ? { messageId } : {}),
        body: body.length > 0 ? parsed(body, headers) : Object.fromEntries(query),
      });
      return json(200, vendor.taken);
    },
  };
}

interface SentEmail {
  Destination?: { ToAddresses?: string[] };
  EmailTags?: { Name: string; Value: string }[];
}

const sesError = (kind: 'error' | 'throttle'): Reply => {
  const [status, code] = kind === 'throttle' ? [429, 'TooManyRequestsException'] : [500, 'InternalFailure'];
  const { headers, ...reply } = json(status, { message: 'made on purpose' });
  return { ...reply, headers: { ...headers, 'x-amzn-errortype': code } };
};

/** SNS's message attributes, which lie numbered in the form. */
function snsAttributes(form: Record<string, string>): Record<string, string> {
  const said: Record<string, string> = {};
  for (let at = 1; ; at += 1) {
    const prefix = `MessageAttributes.entry.${at}`;
    const name = form[`${prefix}.Name`];
    if (name === undefined) return said;
    said[name] = form[`${prefix}.Value.StringValue`] ?? '';
  }
}

const xml = (status: number, text: string): Reply => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body: Buffer.from(text),
});

const snsError = (kind: 'error' | 'throttle'): Reply => {
  const [status, code] = kind === 'throttle' ? [429, 'Throttled'] : [500, 'InternalError'];
  return xml(
    status,
    `<ErrorResponse><Error><Type>Receiver</Type><Code>${code}</Code><Message>made on purpose</Message></Error></ErrorResponse>`,
  );
};

function parsed(body: Buffer, headers: Record<string, string>): unknown {
  // Encrypted for a browser.
  if (headers['content-encoding'] === 'aes128gcm') return { encrypted: body.toString('base64') };
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return body.toString('utf8');
  }
}

function read(file: string): Sent[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  // A line that was cut off when the machine went down was never answered for.
  return text.split('\n').flatMap((line) => {
    try {
      return line ? [JSON.parse(line) as Sent] : [];
    } catch {
      return [];
    }
  });
}
