import type { Words } from '../address/coverage.ts';
import type { ConversionKind } from '../attribution/conversion.ts';
import type { Stage } from '../journey/stages.ts';
import type { Segment } from '../performance/win-rate.ts';
import type { CallTime } from '../portal/call-time.ts';
import type { ResponseCounted } from '../response/counted.ts';
import type { FailureCause } from '../routing/failure.ts';
import type { Judgement } from '../rubbish/judge.ts';
import type { Conversed } from '../scoring/facts.ts';
import type { Grade, Score } from '../scoring/score.ts';
import type { Sla } from '../sla/clock.ts';
import type { Intent } from '../understanding/intent.ts';

/** Who looks after a lead, as they were when it was given to them. */
export interface Owner {
  repId: string;
  name: string;
  teamId?: string;
  /** The turns that the lead counts for them while they have it (see Tally). */
  weighs?: number;
}

/** Why a post is taken for one of the same person: the same phone, e-mail or WeChat; company and name; or somebody said so. */
export const likenesses = ['exact', 'likely', 'by-hand'] as const;
export type Likeness = (typeof likenesses)[number];

/** What is true of a lead in every state. Personal data is in its form, not here. */
interface Base {
  leadId: string;
  receivedAt: string;
  source: { channel: string; campaign?: string };
  productLine?: string;
  /** The industry of the customer's company. */
  industry?: string;
  preferredRepId?: string;
  /** When the customer would like to be called, as they said in the portal. */
  callTime?: CallTime;
  /** Where the customer is, WGS-84 degrees. */
  point?: { lng: number; lat: number };
  /** Whether the point is a geocoder's, and not the customer's own. */
  geocoded?: boolean;
  /** Where the customer is in words: the divisions that the address names, and the postcode. */
  words?: Words;
  /** The lead before this one of the same customer, if any: its owner already serves them. */
  previousLeadId?: string;
  /** Whether that one was the same person's, or only of the same company. */
  previousBy?: 'person' | 'company';
  /** Counts every change; each write is made on condition that nobody else wrote meanwhile. */
  version: number;
  score?: Score;
  /** When it was scored last (ISO 8601). */
  scoredAt?: string;
  /** What was said with its customer, as it counts for the score. */
  conversed?: Conversed & { intent: Intent };
  /** Its customer did something before it was scored. */
  behaved?: true;
  sla: Sla;
  stage: Stage;
  /** The version of the journey's rules that it goes by (1 unless said): the one in force when it was scored, or moved to since. */
  journey?: number;
  /** Tasks about it that are not done. */
  openTasks?: number;
  /** Assignment attempts in a row that found nobody, and the earliest time for the next. */
  attempts: number;
  nextAttemptAt?: string;
  lastCause?: FailureCause;
  /** Where it is counted among the leads that were given to somebody. */
  given?: string;
  /** Where the time to the first contact is counted. */
  response?: ResponseCounted;
  /** Whose it was when it was overdue, and since when it counts as unanswered for them (ISO 8601). */
  overdueOf?: { repId: string; at: string };
  /** Owners who let it lie: they do not get it again. */
  letLieBy?: string[];
  /** Former owners, and until when they may not take it out of the pool (ISO 8601). */
  formerly?: { repId: string; until: string }[];
  /** Conversions that ad platforms are to be told of; there as soon as its customer came by an ad's click. */
  conversions?: ConversionKind[];
  /** Leads that somebody said are not of the same person, though they look like it. */
  apartFrom?: string[];
  /** When it was released to be assigned anew (ISO 8601). */
  releasedAt?: string;
  /** When the owner first looked at the lead (ISO 8601). */
  seenAt?: string;
  /** When the owner last tried and reached nobody (ISO 8601). */
  triedAt?: string;
  /** The cause whose breaker is tried with this lead. */
  trial?: FailureCause;
  /** The supervisor was asked who looks after the customer now that who won them left. */
  handoverAsked?: boolean;
  /** What spoke against it when it came in, if anything did. */
  rubbish?: Judgement;
  /** When somebody let it pass although it was rejected or held (ISO 8601). */
  acceptedAt?: string;
  /** All that was known of its customer was erased: since when (ISO 8601), and as whom. Nothing is added any more. */
  erased?: { at: string; personId: string };
  /** The end of the audit chain: how many records there are and the hash of the last. */
  audit: { records: number; hash: string };
}

/** A lead in one of its states; an owner without a state that has one cannot be written. */
export type Lead = Base &
  (
    | { status: 'received' }
    | { status: 'scored' }
    | { status: 'assigned'; owner: Owner }
    | { status: 'contacted'; owner: Owner }
    /** `askedOf`: its supervisor says who gets it; `answerBy`: else the admins are told, by when they were not yet (ISO 8601). */
    | { status: 'manual'; cause: FailureCause; since: string; held?: true; askedOf?: string; answerBy?: string }
    /** For any rep of the team to take; of no team ('') for anybody. */
    | { status: 'pool'; poolOf: string; since: string }
    /** Of the lead named; `since` when it is one that was a lead of its own before (ISO 8601). */
    | { status: 'duplicate'; duplicateOf: string; likeness?: Likeness; since?: string }
    /** `review`: held until somebody has looked at it. `byHand`: somebody rejected it; who had it then. */
    | {
        status: 'rejected';
        reason: string;
        since?: string;
        review?: true;
        byHand?: true;
        takenFrom?: { repId: string; teamId?: string };
      }
    | { status: 'won'; owner: Owner; closedAt: string }
    | { status: 'lost'; owner?: Owner; closedAt: string; lostReason: string }
  );

/** The name of a lead's state. */
export type LeadStatus = Lead['status'];

/** Every state a lead can be in, in the order in which people think of them. */
export const leadStatuses = [
  'received',
  'scored',
  'assigned',
  'contacted',
  'manual',
  'pool',
  'duplicate',
  'rejected',
  'won',
  'lost',
] as const satisfies readonly LeadStatus[];

/** The lead's owner, in whatever state, or undefined. */
export const ownerOf = (lead: Lead): Owner | undefined => ('owner' in lead ? lead.owner : undefined);

/** Whether somebody looks after the lead and it has not ended. */
export const isOpen = (lead: Lead): lead is Extract<Lead, { status: 'assigned' | 'contacted' }> =>
  lead.status === 'assigned' || lead.status === 'contacted';

/** The kind of lead that it is, as win rates are counted. */
export const segmentOf = (lead: Lead): Segment => ({
  productLine: lead.productLine,
  grade: gradeOf(lead),
  industry: lead.industry,
});

/**
 * Until when the lead waits for a shift (ISO 8601), if it does: such an attempt is none of those in a row that failed, so that it is
 * told by having a next attempt after none.
 */
export const waitsUntil = (lead: Lead): string | undefined =>
  lead.status === 'scored' && lead.attempts === 0 ? lead.nextAttemptAt : undefined;

/** The team whose supervisor was asked who gets the lead, if one was. */
export const askedOf = (lead: Lead): string | undefined => (lead.status === 'manual' ? lead.askedOf : undefined);

/** Until when the supervisor who was asked has time to say who gets the lead (ISO 8601), before the admins are told. */
export const answerBy = (lead: Lead): string | undefined => (lead.status === 'manual' ? lead.answerBy : undefined);

/** Whether the lead has ended, one way or another. */
export const isClosed = (lead: Lead): boolean => ['duplicate', 'rejected', 'won', 'lost'].includes(lead.status);

/** The grade that decides who is served first; unscored leads wait with the last. */
export const gradeOf = (lead: Lead): Grade => lead.score?.grade ?? 'C';

/** The lead with the fields of another state, without those of the state it leaves. */
export function become<S extends LeadStatus>(lead: Lead, state: { status: S } & StateOf<S>): Lead {
  const {
    owner,
    cause,
    since,
    held,
    askedOf,
    answerBy,
    poolOf,
    duplicateOf,
    likeness,
    reason,
    review,
    byHand,
    takenFrom,
    closedAt,
    lostReason,
    ...base
  } = lead as Base & Leftover;
  return { ...base, ...state } as Lead;
}

type Leftover = Partial<
  Record<
    | 'owner'
    | 'cause'
    | 'since'
    | 'held'
    | 'askedOf'
    | 'answerBy'
    | 'poolOf'
    | 'duplicateOf'
    | 'likeness'
    | 'reason'
    | 'review'
    | 'byHand'
    | 'takenFrom'
    | 'closedAt'
    | 'lostReason',
    unknown
  >
>;
type StateOf<S extends LeadStatus> = Omit<Extract<Lead, { status: S }>, keyof Base | 'status'>;
