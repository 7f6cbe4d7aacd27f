import type { Heard } from '../../../shared/conversation/thread/store.ts';
import type { Call } from '../../../shared/platform/http-step.ts';
import type { Secret } from '../../../shared/platform/secrets.ts';

/** A message of a thread. */
export interface HeardIn extends Heard {
  threadId: string;
}

/** What a callback comes to. */
export interface Callback {
  heard: HeardIn[];
  /** What the vendor gave to ask for messages with, where the callback holds none. */
  ask?: { account: string; token: string };
  /** What the vendor wants for an answer. */
  answer: { type: string; body: string };
}

/** A page of messages that were asked for. */
export interface Asked {
  heard: HeardIn[];
  cursor: string | undefined;
  more: boolean;
}

/** A connected chat. Each is one file of this shape. */
export interface Chat {
  readonly name: 'wecom' | 'dingtalk';
  /** What a call says. @throws NotGenuine, NotConfigured */
  readonly hear: (call: Call, secret: Secret, now: Date) => Callback;
  /** The next messages, where they must be asked for. @throws VendorUnavailable */
  readonly ask?: (
    ask: { account: string; token: string },
    cursor: string | undefined,
    secret: Secret,
    now: Date,
  ) => Promise<Asked>;
}
