import type { AuditRecord } from '../../shared/audit/record.ts';
import { recordsOf } from '../../shared/audit/store.ts';
import { current } from '../../shared/config/store.ts';
import { gradeOf, isOpen, type Lead, ownerOf } from '../../shared/lead/lead.ts';
import { read, wonBy } from '../../shared/lead/store.ts';
import { countAsked, countReleased, endHandover, type Handover } from '../../shared/org/handover/store.ts';
import { whyHandOver } from '../../shared/org/handover/why.ts';
import type { Rep } from '../../shared/org/rep.ts';
import { readRep } from '../../shared/org/store.ts';
import { iso } from '../../shared/platform/clock.ts';
import { commit, reconsider } from '../../shared/platform/commit.ts';
import type { Table } from '../../shared/platform/table.ts';
import { territory } from '../../shared/routing/bases/territory.ts';
import { rulesNow } from '../../shared/routing/facts/store.ts';
import { askSupervisor, askWho, release } from '../../shared/routing/store.ts';
import { dueAfter } from '../../shared/sla/calendar.ts';
import { deadlines, type SlaRules } from '../../shared/sla/rules.ts';
import { repsWhoLost } from '../../shared/territory/lost.ts';
import { propertiesOf, publishedSince, territoriesOf } from '../../shared/territory/store.ts';
import { IndexLags, openLeadsOf } from './open-leads.ts';

/**
 * Hands over the open leads of somebody who left or is away for long, A grade first, each in a transaction of its own with its
 * audit record; then says so, once. Can be stopped anywhere and run again: what was handed over is theirs no longer. Does
 * nothing for somebody who keeps theirs (again).
 */
export async function handOver(table: Table, repId: string, now: () => Date): Promise<void> {
  const { rules } = await rulesNow(table);
  for (;;) {
    const rep = await readRep(table, repId);
    const reason = rep && whyHandOver(rep, rules.handover.afterLeaveDays, now());
    if (!rep || reason === undefined) return;
    const handover = { repId, reason, of: rep.statusSince ?? '' };
    if (rep.openLeads === 0) {
      if (reason !== 'owner-on-leave' && rules.handover.won === 'supervisor') await askWhoFor(table, handover, now);
      return endHandover(table, handover, now());
    }
    const theirs = await openLeadsOf(table, repId);
    if (theirs.length === 0) throw new IndexLags();
    for (const { leadId } of theirs) await handOverOne(table, leadId, handover, now);
  }
}

/** A territory that a rep served in one version, and does not serve in a later one. */
interface Loss {
  repId: string;
  before: number;
  version: number;
}

/** The decision that gave a lead to whoever has it, if a territory did, and no person, wish or history of the customer. */
const givenByTerritory = async (table: Table, { leadId }: Lead): Promise<AuditRecord | undefined> => {
  const given = (await recordsOf(table, leadId)).findLast(({ outcome }) => outcome === 'assigned');
  return given?.basis === territory.name && given.by === undefined ? given : undefined;
};

/**
 * Hands over the open leads that a rep has only because of a territory which they served before and do not serve now; of these
 * all, or those whose decision `which` names.
 */
export async function handOverTerritory(
  table: Table,
  { repId, before, version }: Loss,
  now: () => Date,
  which: (given: AuditRecord) => boolean = () => true,
): Promise<void> {
  // Not the version that took it away: one since may have given it back.
  const { territories: inForce } = await current(table);
  const serves = async (at: number, lead: Lead) =>
    (await territoriesOf(table, at, lead)).some(({ repIds }) => repIds.includes(repId));
  const handover = { repId, reason: 'territory-lost', of: String(version) };
  for (const lead of await openLeadsOf(table, repId)) {
    if (!(await serves(before, lead)) || (await serves(inForce, lead))) continue;
    const given = await givenByTerritory(table, lead);
    if (given && which(given)) await handOverOne(table, lead.leadId, handover, now);
  }
  await endHandover(table, handover, now());
}

/**
 * Looks once more at those who lost a territory since then: a lead that was decided by the old version while the new one was
 * published may have reached them after theirs had been handed over.
 */
export async function handOverStrays(table: Table, since: Date, now: () => Date): Promise<void> {
  for (const version of await publishedSince(table, since)) {
    const before = version - 1;
    const decidedBefore = ({ versions }: AuditRecord) => versions.territories < version;
    for (const repId of repsWhoLost(await propertiesOf(table, before), await propertiesOf(table, version)))
      await handOverTerritory(table, { repId, before, version }, now, decidedBefore);
  }
}

/** Whose supervisor is asked who gets a lead, and until when: as long as a supervisor is given to see to a lead that waits. */
function askedFor(lead: Lead, rep: Rep | undefined, sla: SlaRules, at: Date): { askedOf?: string; answerBy: string } {
  const teamId = rep?.teamId ?? ownerOf(lead)?.teamId;
  const { supervisorMs, hours } = deadlines(sla, { grade: gradeOf(lead), teamId });
  return { ...(teamId === undefined ? {} : { askedOf: teamId }), answerBy: iso(dueAfter(at, supervisorMs, hours)) };
}

/** Lets a lead be assigned anew, or asks the supervisor, as the rules say for one that was contacted. */
const handOverOne = (table: Table, leadId: string, handover: Handover, now: () => Date): Promise<void> =>
  reconsider(async () => {
    const { repId, reason } = handover;
    const lead = await read(table, leadId);
    if (!lead || !isOpen(lead) || lead.owner.repId !== repId) return;
    const { rules, sla, versions } = await rulesNow(table);
    const asks = lead.status === 'contacted' && rules.handover.contacted === 'supervisor';
    const asked = asks ? askedFor(lead, await readRep(table, repId), sla, now()) : undefined;
    await commit(
      table,
      asked
        ? [...askSupervisor(lead, reason, asked, versions, now()), countAsked(handover, leadId, now())]
        : [...release(lead, reason, undefined, versions, now()), countReleased(handover, gradeOf(lead), now())],
    );
  });

/** Asks who looks after the customers whom somebody won who left; once for each. */
async function askWhoFor(table: Table, handover: Handover, now: () => Date): Promise<void> {
  const { repId, reason } = handover;
  for await (const { leadId } of wonBy(table, repId)) {
    await reconsider(async () => {
      const lead = await read(table, leadId);
      if (lead?.status !== 'won' || lead.owner.repId !== repId || lead.handoverAsked) return;
      await commit(table, [...askWho(lead, reason, now()), countAsked(handover, leadId, now())]);
    });
  }
}
