import { type Stage, stages } from '../journey/stages.ts';
import { type Lead, ownerOf } from '../lead/lead.ts';
import { repOf } from '../response/counted.ts';
import type { Counting } from './counting.ts';
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

/** What a first contact counts for the lead's owner: in time when it was before the supervisor would have been told. */
function answer({
  sla: { firstContactAt, receivedAt, supervisorDueAt },
}: Lead): Required<Pick<Facts, 'answered' | 'answerMinutes' | 'answeredInTime'>> {
  if (firstContactAt === null) return { answered: 0, answerMinutes: 0, answeredInTime: 0 };
  const minutes = Math.max(0, Math.floor((Date.parse(firstContactAt) - Date.parse(receivedAt)) / 60_000));
  return { answered: 1, answerMinutes: minutes, answeredInTime: Number(firstContactAt <= supervisorDueAt) };
}

/** What a first contact counts; one that turns out to have been earlier than the one that was counted, by how much it differs. */
export function countingsOfAnswer(before: Lead, after: Lead, at: string, id: string): Counting[] {
  const owner = ownerOf(after);
  const [was, is] = [answer(before), answer(after)];
  const counted = before.response ? repOf(before.response) : owner?.repId;
  const of = { what: 'first-contact', id, leadId: after.leadId };
  if (was.answered > 0 && counted !== owner?.repId) {
    // It was counted for whoever had the lead then.
    const undone = Object.fromEntries(Object.entries(was).map(([name, by]) => [name, -by]));
    return [
      ...(counted ? [{ repId: counted, at, facts: undone, of }] : []),
      ...(owner && is.answered > 0 ? [{ repId: owner.repId, at, facts: is, of }] : []),
    ];
  }
  if (!owner) return [];
  const facts: Facts = Object.fromEntries(
    (['answered', 'answerMinutes', 'answeredInTime'] as const)
      .map((name) => [name, is[name] - was[name]] as const)
      .filter(([, by]) => by !== 0),
  );
  if (Object.keys(facts).length === 0) return [];
  return [{ repId: owner.repId, at, facts, of }];
}
