/** How somebody is reached. */
export type ChannelName = 'push' | 'sms' | 'wecom' | 'dingtalk' | 'feishu' | 'webhook';

/** What a message is about, as receivers may filter by. */
export type MessageKind =
  | 'lead-assigned'
  | 'lead-reminder'
  | 'lead-overdue'
  | 'lead-missed'
  | 'exception-digest'
  | 'assignment-failed'
  | 'breaker-opened'
  | 'breaker-closed'
  | 'leads-handed-over'
  | 'hr-held'
  | 'hr-roster-missing'
  | 'leads-unaccounted'
  | 'holidays-unknown'
  | 'message-quarantined';

/** A message to one recipient by one channel. */
export interface Message {
  channel: ChannelName;
  /** A rep's id (push), a phone number in E.164 (sms), or the admins (all others). */
  to: string;
  kind: MessageKind;
  leadId?: string;
  title: string;
  text: string;
}

/** Sends a message; `id` is the same at every try of the same message. Each channel is one file of this shape. */
export interface Channel {
  readonly name: ChannelName;
  /** As many messages as the vendor takes in a minute; more wait for the next. */
  readonly perMinute?: number;
  /** @throws when the message was not taken: it is tried again. */
  readonly send: (message: Message, id: string) => Promise<void>;
}

/** The channel did not take the message. `code` is the vendor's own. */
export class NotTaken extends Error {
  override readonly name = 'NotTaken';
  readonly code: string;
  constructor(channel: string, code: string) {
    super(`${channel} answered ${code}`);
    this.code = code;
  }
}
