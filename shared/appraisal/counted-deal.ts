import { isDeepStrictEqual } from 'node:util';
import { type Stage, stages } from '../journey/stages.ts';
import { type Lead, ownerOf } from '../lead/lead.ts';
import { repOf } from '../response/counted.ts';
import { type Counting, undone } from './counting.ts';
import type { Facts } from './facts.ts';

/** Reasons that say that there never was the need that was claimed. */
const NEVER_MEANT =
  /never[ -](had|was|interested)|no[ -](real |actual )?(need|demand|intent)|not a (real )?(lead|customer)|fake|made[ -]?up|wrong[ -](person|number)|无需求|没有需求|无意向|没有意向|虚报|虚假|空号|打错/i;

const rankOf = (stage: Stage['name']): number => (stages as readonly string[]).indexOf(stage);

/** What a move of a deal counts for its owner. */
export function countingsOfMove(
  lead: Lead,
  to: Stage['name'],
  lostReason: string | undefined,
  at: string,
  id: string,
): Counting[] {
  const owner = ownerOf(lead);
  if (!owner) return [];
  const [before, after] = [rankOf(lead.stage.name), rankOf(to)];
  const won = to === stages.at(-1);
  const lost = to === 'lost';
  const falsely = lost && before > 0 && NEVER_MEANT.test(lostReason ?? '');
  const facts: Facts = {
    // Who moves a deal back takes back what moving it forward counted: going to and fro counts nothing.
    ...(after > before ? { forward: after - before } : !lost && after < before ? { forward: after - before } : {}),
    ...(before === 0 && after > 0 ? { claims: 1 } : before > 0 && after === 0 ? { claims: -1 } : {}),
    ...(won ? { won: 1, closed: 1 } : {}),
    ...(won && lead.previousBy === undefined ? { newCustomers: 1 } : {}),
    ...(lost ? { lost: 1, closed: 1 } : {}),
    ...(falsely ? { falseClaims: 1 } : {}),
  };
  if (Object.keys(facts).length === 0) return [];
  return [
    { repId: owner.repId, at, facts, of: { what: won ? 'won' : lost ? 'lost' : 'move', id, leadId: lead.leadId } },
  ];
}

/** What a first contact counts, by whomever: in time when it was before the supervisor would have been told. */
function answer(firstContactAt: string, { receivedAt, supervisorDueAt }: Lead['sla']): Facts {
  const minutes = Math.floor((Date.parse(firstContactAt) - Date.parse(receivedAt)) / 60_000);
  return {
    answered: 1,
    ...(minutes > 0 ? { answerMinutes: minutes } : {}),
    ...(firstContactAt <= supervisorDueAt ? { answeredInTime: 1 } : {}),
  };
}

/**
 * What a first contact counts, on the day on which it was made. One counted that turns out not to have been the first is taken back on
 * its own day, from whom it was counted for.
 */
export function countingsOfAnswer(before: Lead, after: Lead, id: string): Counting[] {
  const owner = ownerOf(after)?.repId;
  const of = { what: 'first-contact', id, leadId: after.leadId };
  const countingOf = ({ sla }: Lead, repId: string | undefined): Counting[] =>
    repId && sla.firstContactAt !== null
      ? [{ repId, at: sla.firstContactAt, facts: answer(sla.firstContactAt, sla), of }]
      : [];
  const was = countingOf(before, before.response ? repOf(before.response) : owner);
  const is = countingOf(after, owner);
  return isDeepStrictEqual(was, is) ? [] : [...was.map(undone), ...is];
}
