import type { Shift } from '../org/hours.ts';
import type { RepStatus } from '../org/rep.ts';
import type { Caps, Period, Taken } from '../org/tally.ts';
import type { Deals, Prior } from '../performance/win-rate.ts';
import type { Grade } from '../scoring/score.ts';
import type { DecisionRules } from './rules.ts';

/** A rep as the decision saw them. */
export interface RepSeen {
  repId: string;
  name: string;
  status: RepStatus;
  teamId?: string;
  productLines: string[];
  capacity: number;
  openLeads: number;
  weight: number;
  /** See Tally. */
  turns: number;
  taken: Taken;
  caps?: Caps;
  /** When the caps that are reached renew (ISO 8601); absent where none is, and in records of earlier versions. */
  renews?: Partial<Record<Period, string>>;
  timeZone?: string;
  shifts?: Shift[];
  pausedUntil?: string;
  hiredAt?: string;
  /** Deals of the lead's segment that the rep closed, and how many of them were won. */
  deals?: Deals;
}

/** A territory in which, or in whose buffer zone, the lead lies; or which its address or postcode names. */
export interface TerritorySeen {
  territoryId: string;
  repIds: string[];
  /** Where territories overlap, reps of the highest come first; absent for 0, and in records of earlier versions. */
  priority?: number;
  inside: boolean;
  insideBuffer: boolean;
  /** Only where the lead has a point. */
  metresToBoundary?: number;
  /** How the place was found: by the lead's own point, a geocoder's, its address, or its postcode. */
  by: 'point' | 'geocoder' | 'address' | 'postcode';
  /** What of the address or the postcode says so. */
  because?: string;
}

/** All that a routing decision is made of; kept in its audit record, so that it can be run again. */
export interface RoutingInputs {
  leadId: string;
  /** When it was decided (ISO 8601). */
  at: string;
  grade: Grade;
  productLine?: string;
  preferredRepId?: string;
  /** The rep who already serves this customer. */
  knownRepId?: string;
  /** Owners who let this lead lie. */
  letLieBy?: string[];
  territories: TerritorySeen[];
  /** Every rep named above whom the roster knows. */
  reps: RepSeen[];
  /** By team: the win rate of its closed deals of the lead's segment. */
  priors: Record<string, Prior>;
  rules: DecisionRules;
}

/** One rep considered on one basis, and what became of them. */
export interface Candidate {
  repId: string;
  basis: DecisionRules['order'][number];
  outcome: 'chosen' | 'passed-over';
  reason: string;
  /** Place among those left at the end, from 1. */
  rank?: number;
}
