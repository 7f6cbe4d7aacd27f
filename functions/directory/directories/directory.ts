import type { System } from '../../../shared/org/staff/word.ts';
import type { Call } from '../../../shared/platform/http-step.ts';
import type { Secret } from '../../../shared/platform/secrets.ts';

/** What a chat directory says of a member. Fields it leaves out it says nothing of. */
export interface Member {
  /** The directory's own id of the member. */
  userId: string;
  /** The id they have from now on. */
  newUserId?: string;
  status?: 'active' | 'left';
  name?: string;
  email?: string;
  phone?: string;
  /** Departments by the directory's numbers, the main one first. */
  departments?: string[];
  /** When the directory knew it. */
  asOf: Date;
}

/** What a callback comes to. */
export interface Heard {
  members: Member[];
  /** Members of whom it says only that something changed: to be asked for. */
  ask: { userId: string; asOf: Date }[];
  /** What the vendor wants for an answer. */
  answer: { type: string; body: string };
}

/** A chat directory that calls when its members change. Each is one file of this shape. */
export interface Directory {
  readonly name: Extract<System, 'wecom' | 'dingtalk'>;
  /** What a call says. `head`: 16 random bytes. @throws NotGenuine, NotConfigured */
  readonly hear: (call: Call, secret: Secret, now: Date, head: Uint8Array) => Heard;
  /** What the directory knows of a member, where it can be asked; undefined when it knows nobody of that id. */
  readonly profile?: (userId: string, secret: Secret, now: Date) => Promise<Omit<Member, 'asOf'> | undefined>;
}
