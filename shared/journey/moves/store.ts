import { announce } from '../../../events/contract.ts';
import { StageMoved } from '../../../events/stage-moved.ts';
import { countEndOf, countMoveOf } from '../../appraisal/facts/store.ts';
import { surveyMoments } from '../../appraisal/surveys/rules.ts';
import { askAfter } from '../../appraisal/surveys/store.ts';
import type { ConversionKind } from '../../attribution/conversion.ts';
import { noting } from '../../attribution/store.ts';
import { become, isClosed, type Lead, segmentOf } from '../../lead/lead.ts';
import { leadPartition } from '../../lead/partition.ts';
import { save } from '../../lead/store.ts';
import { letGo } from '../../org/store.ts';
import { countDeal } from '../../performance/store.ts';
import { segmentKey } from '../../performance/win-rate.ts';
import { iso } from '../../platform/clock.ts';
import { type Change, outbox } from '../../platform/commit.ts';
import type { Table } from '../../platform/table.ts';
import { countClosed } from '../../response/store.ts';
import { protectedFrom } from '../../sla/lead-clock.ts';
import type { SlaRules } from '../../sla/rules.ts';
import { countMove, type Lost } from '../health/store.ts';
import { codeOf } from '../lost.ts';
import type { Move } from '../move.ts';
import { goneOn } from '../progress.ts';
import type { JourneyRules } from '../rules.ts';
import { stages } from '../stages.ts';
import { stageOf } from '../store.ts';
import { cancelAll } from '../tasks/closing/store.ts';

type OpenLead = Extract<Lead, { status: 'assigned' | 'contacted' }>;

/** The lead after a move along the journey: won at the end of it, lost with its reason. */
function after(lead: OpenLead, move: Move, stage: Lead['stage']): Lead {
  const { owner } = lead;
  const closedAt = stage.since;
  if (move.kind === 'lost')
    return { ...become(lead, { status: 'lost', owner, closedAt, lostReason: move.lostReason }), stage };
  if (move.to === stages.at(-1)) return { ...become(lead, { status: 'won', owner, closedAt }), stage };
  return { ...lead, stage };
}

/** What closing a deal means for its owner: room for another, and one more deal that their win rate is made of. */
const closing = (lead: OpenLead, won: boolean): Change[] => [
  letGo(lead.owner),
  countDeal(lead.owner.teamId, segmentKey(segmentOf(lead)), lead.owner.repId, won),
  ...countClosed(lead, won),
];

/** What reaching a stage is to ad platforms: the need is understood once a solution is shown. */
function conversionAt(stage: Move['to']): ConversionKind | undefined {
  if (stage === stages.at(-1)) return 'won';
  return stage === 'solution-demo' ? 'qualified' : undefined;
}

/** Lists the deal among those whose customers may be asked how it was, if it is past what they are asked after. */
function askingAfter(leadId: string, { kind, from, to }: Move, at: Date): Change[] {
  if (kind !== 'forward' && kind !== 'skip') return [];
  const past = to === stages.at(-1) ? ['won', from] : [from];
  return surveyMoments.filter((moment) => past.includes(moment)).map((moment) => askAfter(leadId, moment, at));
}

/** The rules that a move goes by. */
interface Rules {
  journey: JourneyRules;
  sla: SlaRules;
}

const lostFor = (move: Move, { lostReasons }: JourneyRules): Lost | undefined =>
  move.kind === 'lost' ? { reason: move.lostReason, code: codeOf(lostReasons, move.lostReason) } : undefined;

/** All that a move changes, for one transaction: the deal, its tasks when it ends, running counts, and the event. */
export async function moving(table: Table, lead: OpenLead, move: Move, { journey, sla }: Rules, at: Date) {
  const { leadId } = lead;
  const stage = stageOf(journey, lead, move.to, iso(at));
  const ends = move.to === 'lost' || move.to === stages.at(-1);
  const { changes: cancelled, lead: emptied } = ends
    ? await cancelAll(table, lead, move.kind === 'lost' ? 'lost' : 'won', at)
    : { changes: [], lead };
  const moved = protectedFrom(goneOn(after(emptied, move, stage), at), sla, at);
  const { lead: noted, changes } = noting(moved, conversionAt(move.to), iso(at), at);
  const how = move.kind === 'forward' ? {} : { kind: move.kind };
  const why = move.kind === 'skip' ? { reason: move.reason } : {};
  const event = announce(StageMoved, { leadId, from: move.from, to: move.to, ...how, ...why });
  return {
    lead: noted,
    changes: [
      save(lead, noted),
      ...changes,
      ...cancelled,
      ...countMove(lead, move.to, lostFor(move, journey), at),
      ...countMoveOf(lead, move.to, move.kind === 'lost' ? move.lostReason : undefined, at),
      ...askingAfter(leadId, move, at),
      ...(isClosed(noted) ? [...closing(lead, noted.status === 'won'), ...(await countEndOf(table, noted))] : []),
      outbox(leadPartition(leadId), event, at),
    ],
  };
}
