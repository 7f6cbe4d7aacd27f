import type { LanguageTag } from '../notice/languages/index.ts';
import type { QuietHours } from '../notice/quiet.ts';
import { iso, WHENEVER } from '../platform/clock.ts';
import type { Pending } from '../response/pending.ts';
import type { Shift } from './hours.ts';
import { type Caps, emptyTally, type Tally } from './tally.ts';

/** What HR says of a person. `leaving` and `left` freeze them: no new leads, no sign-in. */
export const repStatuses = ['active', 'on-leave', 'leaving', 'left'] as const;

/** What HR says of a person. */
export type RepStatus = (typeof repStatuses)[number];

/** Addresses at which a rep is told of things. */
export interface Channels {
  wecomUserId?: string | undefined;
  dingtalkUserId?: string | undefined;
  phone?: string | undefined;
}

/** What somebody is from a moment on: what HR says of them, or which role an admin gave them. */
export interface Posting {
  at: string;
  status?: RepStatus;
  teamId?: string;
  role?: string;
}

/** Somebody who can own leads. HR owns name, status, team, manager and dates; the admin the rest. */
export interface Rep {
  repId: string;
  name: string;
  status: RepStatus;
  email?: string;
  teamId?: string;
  managerId?: string;
  hiredAt?: string;
  leftAt?: string;
  /** Product lines the rep sells; none named means all. */
  productLines: string[];
  /** Open leads the rep may hold at once. */
  capacity: number;
  /** How many leads the rep gets for each one of somebody of equal standing with weight 1. */
  weight: number;
  caps?: Caps;
  /** The time zone of the rep's day and shifts; else the team's, else everybody's. */
  timeZone?: string;
  /** When the rep works; else the team's hours, else around the clock. */
  shifts?: Shift[];
  /** In which language they are told of things; else the company's. */
  language?: LanguageTag;
  /** When they are not to be told of things; else the company's quiet hours. */
  quietHours?: QuietHours;
  /** No new leads until then (ISO 8601). */
  pausedUntil?: string;
  /** Since when HR says this status (ISO 8601). */
  statusSince?: string;
  /** What they were from when on (ISO 8601; the first: always before), as far as it changed: kept for appraisal. */
  postings?: Posting[];
  /** From when and until when HR expects an absence to last (ISO 8601 dates, both of them days of it). */
  leaveFrom?: string;
  leaveUntil?: string;
  /** Leads owned now that are neither won nor lost. Kept in the transactions that change it. */
  openLeads: number;
  tally: Tally;
  /** Leads given that the running counts do not hold yet. */
  pending?: Pending;
  /** Counts what HR, the admin and the rep set: a decision made on older settings cannot be committed. */
  revision: number;
  channels: Channels;
}

/** Whether the rep may get no lead and not sign in. */
export const isFrozen = (rep: Pick<Rep, 'status'>): boolean => rep.status === 'leaving' || rep.status === 'left';

/** What keeps a rep from one more lead now, as the transaction that gives it would find (`takeOn`); or undefined. */
export function hindered(
  { status, pausedUntil, openLeads, capacity }: Pick<Rep, 'status' | 'pausedUntil' | 'openLeads' | 'capacity'>,
  at: Date,
): string | undefined {
  if (status !== 'active') return status;
  if (pausedUntil !== undefined && pausedUntil > iso(at))
    return pausedUntil === WHENEVER ? 'paused' : `paused until ${pausedUntil}`;
  return openLeads >= capacity ? `at capacity (${openLeads} of ${capacity})` : undefined;
}

/** The capacity of somebody for whom no admin has set one. */
export const DEFAULT_CAPACITY = 500;

/** The highest capacity that can be set. */
export const MOST_CAPACITY = 100_000;

/** What a rep is until HR, an admin or an assignment says otherwise. */
export const unset = {
  productLines: [],
  capacity: DEFAULT_CAPACITY,
  weight: 1,
  openLeads: 0,
  tally: emptyTally,
  revision: 0,
  channels: {},
} satisfies Partial<Rep>;
