import { emptyChain } from '../../audit/record.ts';
import { contactKeys } from '../../lead/contact.ts';
import type { Form } from '../../lead/form.ts';
import { become, type Lead, segmentOf } from '../../lead/lead.ts';
import { create } from '../../lead/store.ts';
import type { Rep } from '../../org/rep.ts';
import { takeOn } from '../../org/store.ts';
import { countDeal } from '../../performance/store.ts';
import { segmentKey } from '../../performance/win-rate.ts';
import { claim, known } from '../../person/store.ts';
import { absent, type Change, commit, commitOnce, commitOne, put, update } from '../../platform/commit.ts';
import { firstId, sha256 } from '../../platform/random.ts';
import { get, type Table } from '../../platform/table.ts';
import { countAsGiven, countClosed, countContact, countedAs, rowOf } from '../../response/store.ts';
import { startClock } from '../../sla/clock.ts';
import { deadlines, type SlaRules } from '../../sla/rules.ts';
import { countMove } from '../health/store.ts';
import { codeOf } from '../lost.ts';
import { goneOn } from '../progress.ts';
import type { JourneyRules } from '../rules.ts';
import { stages } from '../stages.ts';
import { movesOf, type PastDeal } from './deal.ts';

const OF_TIME = 10;
/** Writes of one transaction, beside the mark that it was made. */
const MOST = 90;
const takenKey = (externalId: string) => ({ pk: `HISTORY#${sha256(externalId).slice(0, 40)}`, sk: 'HISTORY' });

/** The id of a past deal: of the time when it came in, and the same whenever it is imported. */
const idOf = ({ externalId, receivedAt }: PastDeal): string =>
  firstId(new Date(receivedAt)).slice(0, OF_TIME) + sha256(`history:${externalId}`).slice(0, 16).toUpperCase();

/** The deal as it stands now; the clock of one that goes on begins with the import. */
function standing(deal: PastDeal, rep: Rep, sla: SlaRules, at: Date): Lead {
  const leadId = idOf(deal);
  const { receivedAt, firstContactAt = null, productLine } = deal;
  const owner = { repId: rep.repId, name: rep.name, ...(rep.teamId ? { teamId: rep.teamId } : {}) };
  const last = movesOf(deal).at(-1);
  const bare = {
    leadId,
    status: 'received',
    receivedAt,
    source: { channel: deal.source },
    ...(productLine ? { productLine } : {}),
    ...(deal.company?.industry ? { industry: deal.company.industry } : {}),
    version: 1,
    sla: { ...startClock(new Date(receivedAt), deadlines(sla)), firstContactAt },
    stage: { name: last?.to ?? 'first-contact', since: last?.at ?? receivedAt },
    attempts: 0,
    audit: emptyChain(leadId),
  } as Lead;
  const base = { ...bare, given: rowOf(bare, owner) };
  if (deal.lost) return become(base, { status: 'lost', owner, closedAt: deal.lost.at, lostReason: deal.lost.reason });
  if (last?.to === stages.at(-1)) return become(base, { status: 'won', owner, closedAt: last?.at ?? receivedAt });
  // Whoever has an open deal is known to have been in touch, or nobody would have taken it over as one.
  const open = become({ ...base, sla: { ...base.sla, firstContactAt: firstContactAt ?? receivedAt } } as Lead, {
    status: 'contacted',
    owner,
  });
  return goneOn(open, at);
}

/** What a past deal adds to the running counts: its moves, the time to its first contact, and whether it was won. */
function counts(deal: PastDeal, lead: Lead, rep: Rep, { lostReasons }: Pick<JourneyRules, 'lostReasons'>): Change[] {
  const lost = deal.lost && { reason: deal.lost.reason, code: codeOf(lostReasons, deal.lost.reason) };
  const owner = { repId: rep.repId, name: rep.name, ...(rep.teamId ? { teamId: rep.teamId } : {}) };
  const moves = movesOf(deal);
  const moved = moves.flatMap(({ from, since, to, at }, n) => {
    const then = { ...lead, status: 'contacted', owner, stage: { name: from, since }, version: n } as Lead;
    return countMove(then, to, to === 'lost' ? lost : undefined, new Date(at));
  });
  const response = deal.firstContactAt === undefined ? undefined : countedAs(lead, owner, deal.firstContactAt);
  const ended = lead.status === 'won' || lead.status === 'lost';
  return [
    ...moved,
    ...(response ? countContact(response) : countAsGiven(lead, owner)),
    ...(ended ? countClosed({ ...lead, ...(response ? { response } : {}) }, lead.status === 'won') : []),
    ...(ended ? [countDeal(rep.teamId, segmentKey(segmentOf(lead)), rep.repId, lead.status === 'won')] : []),
  ];
}

/** Changes in as few transactions as can be: none may name an item twice. */
function batched(table: Table, changes: readonly Change[]): Change[][] {
  const keyOf = ({ write }: Change): string => {
    const { Put, Update } = write(table.name);
    const key = Put?.Item ?? Update?.Key;
    return `${key?.pk} ${key?.sk}`;
  };
  const batches: { keys: Set<string>; changes: Change[] }[] = [];
  for (const change of changes) {
    const key = keyOf(change);
    const free = batches.find(({ keys }) => keys.size < MOST && !keys.has(key));
    if (free) {
      free.keys.add(key);
      free.changes.push(change);
    } else batches.push({ keys: new Set([key]), changes: [change] });
  }
  return batches.map((batch) => batch.changes);
}

/** The rules in force when a past deal is taken in. */
interface Rules {
  sla: SlaRules;
  journey: Pick<JourneyRules, 'lostReasons'>;
}

/** Counts a past deal, each part once, also when an import broke off in the middle. */
async function countIn(table: Table, deal: PastDeal, lead: Lead, rep: Rep, { journey }: Rules): Promise<void> {
  const { pk, sk } = takenKey(deal.externalId);
  for (const [n, batch] of batched(table, counts(deal, lead, rep, journey)).entries())
    await commitOnce(table, [put('mark', { pk, sk: `COUNTED#${n}` }, absent), ...batch]);
  const done = { expression: 'SET counted = :yes', values: { ':yes': true } };
  await commitOne(table, update('history', { pk, sk }, done));
}

/** Takes a past deal in, once. @returns its id, and whether it is new */
export async function takeIn(table: Table, deal: PastDeal, rep: Rep, rules: Rules, at: Date) {
  const key = takenKey(deal.externalId);
  const lead = standing(deal, rep, rules.sla, at);
  const taken = await get(table, key);
  if (taken) {
    if (!taken.counted) await countIn(table, deal, lead, rep, rules);
    return { leadId: String(taken.leadId), fresh: false };
  }
  const { leadId } = lead;
  const { contact, company, productLine, source, externalId } = deal;
  const form: Form = {
    contact,
    ...(company ? { company } : {}),
    ...(productLine ? { productLine } : {}),
    source: { channel: source, externalId },
  };
  const keys = contactKeys(contact);
  const seen = new Set((await known(table, keys)).map(({ contactKey }) => contactKey));
  await commit(table, [
    put('history', { ...key, leadId }, absent),
    ...create(lead, form),
    // Who is known by a later lead already stays known by it.
    ...keys.filter((each) => !seen.has(each)).map((each) => claim(each, leadId, undefined)),
    ...(lead.status === 'contacted' ? [takeOn(rep, rep.tally, at)] : []),
  ]);
  await countIn(table, deal, lead, rep, rules);
  return { leadId, fresh: true };
}
