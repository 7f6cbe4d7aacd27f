import type { MessageKind } from '../../shared/notice/kinds.ts';
import type { adminChannels, dealChannels, staffChannels } from '../../shared/notice/rules.ts';
import type { Table } from '../../shared/platform/table.ts';
import type { About } from './untrue.ts';

/** How somebody is reached. */
export type ChannelName = (typeof adminChannels | typeof staffChannels | typeof dealChannels)[number];

/** Where somebody is reached: a rep's id (push, web push), a phone number in E.164 (SMS), a user id or an e-mail address. */
export interface Way {
  channel: ChannelName;
  to: string;
}

/** A message to one recipient by one channel. */
export interface Message extends Way {
  kind: MessageKind;
  leadId?: string;
  /** The set point at which a customer is asked. */
  point?: string;
  /** How that stood of which it tells. */
  about?: About;
  title: string;
  text: string;
  /** Where one sees more. */
  link?: string;
  /** What to say and what to do, under their headings, for channels with room for it. */
  details?: string;
  /** The values of the words, for vendors that keep the words themselves. */
  values: Record<string, string>;
  /** What it says from a time on (ISO 8601) at which something that it names as yet to come has come. */
  lapses?: { at: string; text: string; values: Record<string, string> };
  /** What it is about, for systems. */
  data?: Readonly<Record<string, unknown>>;
  /** Ways to reach the same person when this one fails for good, the next first. */
  instead: Way[];
  /** The recipient's own quiet hours do not hold it back. */
  urgent?: boolean;
  /** Until when the recipient is not told of things (ISO 8601). */
  quietUntil?: string;
}

/** What a channel is given beside the message. */
export interface Sending {
  /** The same at every try of the same message. */
  id: string;
  table: Table;
  at: Date;
  /** An earlier try may have reached the vendor. */
  again: boolean;
}

/** Sends a message. Each channel is one file of this shape. */
export interface Channel {
  readonly name: ChannelName;
  /** As many messages as the vendor takes in a minute; more wait for the next. */
  readonly perMinute?: number;
  /** As many as it takes in a minute for one recipient. */
  readonly perMinuteEach?: number;
  /** @throws when the message was not taken: it is tried again, or another way is, when the refusal is for good. */
  readonly send: (message: Message, sending: Sending) => Promise<void>;
}

/** What is known of a refusal. */
interface Refusal {
  /** No later try can succeed. */
  forGood?: boolean;
  /** The channel wants no message for so many seconds. */
  retryAfter?: number | undefined;
}

/** The channel did not take the message. `code` is the vendor's own. */
export class NotTaken extends Error {
  override readonly name = 'NotTaken';
  readonly code: string;
  readonly forGood: boolean;
  readonly retryAfter: number | undefined;
  constructor(channel: string, code: string, { forGood = false, retryAfter }: Refusal = {}) {
    super(`${channel} answered ${code}`);
    this.code = code;
    this.forGood = forGood;
    this.retryAfter = retryAfter;
  }
}

/** Nobody has set the channel up: there is nothing to wait for while another way is left. */
export const notConfigured = (channel: ChannelName): NotTaken =>
  new NotTaken(channel, 'not-configured', { forGood: true });
