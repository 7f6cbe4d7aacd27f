import type { RepStatus } from '../org/rep.ts';
import type { RoutingRules } from './rules.ts';

/** A rep as the decision saw them. */
export interface RepSeen {
  repId: string;
  name: string;
  status: RepStatus;
  teamId?: string;
  productLines: string[];
  capacity: number;
  openLeads: number;
}

/** A territory in which, or in whose buffer zone, the lead lies. */
export interface TerritorySeen {
  territoryId: string;
  repIds: string[];
  inside: boolean;
  insideBuffer: boolean;
  metresToBoundary: number;
}

/** All that a routing decision is made of; kept in its audit record, so that it can be run again. */
export interface RoutingInputs {
  leadId: string;
  productLine?: string;
  preferredRepId?: string;
  /** The rep who already serves this customer. */
  knownRepId?: string;
  territories: TerritorySeen[];
  /** Every rep named above whom the roster knows. */
  reps: RepSeen[];
  order: RoutingRules['order'];
}

/** One rep considered on one basis, and what became of them. */
export interface Candidate {
  repId: string;
  basis: RoutingRules['order'][number];
  outcome: 'chosen' | 'passed-over';
  reason: string;
  /** Place among those left at the end, from 1. */
  rank?: number;
}
