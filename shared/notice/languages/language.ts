import type { MessageKind } from '../kinds.ts';
import type { Template } from '../template.ts';

/** What the owner of a new lead says and does first. The talk track may name values of the message. */
export interface Playbook {
  talkTrack: string;
  tasks: string[];
}

/** A language that people are told things in. Each is one file of this shape. */
export interface Language {
  readonly templates: Readonly<Record<MessageKind, Template>>;
  readonly playbook: Playbook;
  readonly headings: { talkTrack: string; tasks: string };
  readonly grade: (grade: string) => string;
  /** A phone as it is dialled: the number, then the extension. */
  readonly phone: (phone: { number: string; extension?: string }) => string;
  readonly wechat: (id: string) => string;
  /** Who has the lead, or that nobody has. */
  readonly holder: (name: string | undefined) => string;
  /** Reasons, by their code; what has no words is said by its code. */
  readonly words: Readonly<Record<string, string>>;
  readonly list: (parts: readonly string[]) => string;
  /** One person's share of what was missed: how many, and why. */
  readonly missedBy: (name: string | undefined, count: number, why: string) => string;
  readonly lines: (lines: readonly string[]) => string;
  /** That so many deals wait for the supervisor's word, if any. */
  readonly asked: (count: number, leadIds: string) => string;
  /**
   * That a lead was not placed, in so many attempts; in none, where the system gave up before one was counted; or that its supervisor
   * did not name an owner for it.
   */
  readonly unplaced: (attempts: number, cause: string) => string;
  /** That nobody sees to a task: nobody has it, or somebody who left. */
  readonly idle: (name: string | undefined) => string;
  /** By when to call a customer who was not contacted yet, if so. */
  readonly callBy: (due: string | undefined) => string;
  /** When the supervisor is told of a customer who waits. */
  readonly toldAt: (due: string) => string;
  /** When the last roster came, if ever. */
  readonly lastRoster: (at: string | undefined) => string;
}
