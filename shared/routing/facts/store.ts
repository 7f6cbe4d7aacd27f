import type { Versions } from '../../audit/record.ts';
import { current, load } from '../../config/store.ts';
import { gradeOf, type Lead, ownerOf, segmentOf } from '../../lead/lead.ts';
import { sameLine } from '../../lead/product-line.ts';
import { read } from '../../lead/store.ts';
import type { Rep } from '../../org/rep.ts';
import { readReps } from '../../org/store.ts';
import { renewals, takenAt } from '../../org/tally.ts';
import { teamDeals } from '../../performance/store.ts';
import { type Deals, priorOf, segmentKey } from '../../performance/win-rate.ts';
import type { Read, Table } from '../../platform/table.ts';
import type { SlaRules } from '../../sla/rules.ts';
import { territoriesOf } from '../../territory/store.ts';
import type { RepSeen, RoutingInputs } from '../inputs.ts';
import { decisionRules, type RoutingRules, zoneOf } from '../rules.ts';

/** What a decision is made of, with the reps as they were read: the commit checks that they are so still. */
export interface Facts {
  inputs: RoutingInputs;
  versions: Versions;
  roster: ReadonlyMap<string, Rep>;
}

/** The routing and SLA rules in force, and the versions of all that decides. */
export interface InForce {
  rules: RoutingRules;
  sla: SlaRules;
  versions: Versions;
}

/** What is in force. */
export async function rulesNow(table: Table, read?: Read): Promise<InForce> {
  const { routing, territories, roster, scoring, sla } = await current(table, read);
  return {
    rules: await load(table, 'routing', routing),
    sla: await load(table, 'sla', sla),
    versions: { routing, territories, roster, scoring },
  };
}

/**
 * Reads all that a routing decision is made of, each by its key: the number of leads, reps and territories does not matter. What is in
 * force may be of a moment ago; reps are always read strongly, or leads that come at once would be spread by what was true before the
 * last of them.
 */
export async function factsFor(table: Table, lead: Lead, { rules, versions }: InForce, at: Date): Promise<Facts> {
  const [territories, knownRepId] = await Promise.all([
    territoriesOf(table, versions.territories, lead),
    whoServes(table, lead, rules),
  ]);
  const named = [lead.preferredRepId, knownRepId, ...territories.flatMap(({ repIds }) => repIds)];
  const roster = await readReps(
    table,
    named.filter((repId) => repId !== undefined),
  );
  const teamIds = [...new Set([...roster.values()].map(({ teamId }) => teamId ?? ''))];
  const deals = await teamDeals(table, teamIds, segmentKey(segmentOf(lead)));
  const { leadId, productLine, preferredRepId } = lead;
  return {
    versions: { ...versions, scoring: lead.score?.version ?? versions.scoring },
    roster,
    inputs: {
      leadId,
      at: at.toISOString(),
      grade: gradeOf(lead),
      ...(productLine ? { productLine } : {}),
      ...(preferredRepId ? { preferredRepId } : {}),
      ...(knownRepId ? { knownRepId } : {}),
      ...(lead.letLieBy ? { letLieBy: lead.letLieBy } : {}),
      territories,
      reps: [...roster.values()]
        .sort((a, b) => (a.repId < b.repId ? -1 : 1))
        .map((rep) => seen(rep, deals.get(rep.teamId ?? '')?.get(rep.repId), { rules, at, productLine })),
      priors: Object.fromEntries([...deals].map(([teamId, members]) => [teamId, priorOf([...members.values()])])),
      rules: decisionRules(rules),
    },
  };
}

/** When a decision is made, by which rules, and of a lead that asks for what. */
interface Asking {
  rules: RoutingRules;
  at: Date;
  productLine: string | undefined;
}

/** A rep as a decision at this time sees them: what they sell is spelt as the lead asks for it. */
function seen(rep: Rep, deals: Deals | undefined, { rules, at, productLine }: Asking): RepSeen {
  const { repId, name, status, teamId, productLines, capacity, openLeads, weight, tally } = rep;
  const { caps, timeZone, shifts, pausedUntil, hiredAt } = rep;
  const zone = zoneOf(rep, rules);
  const taken = takenAt(tally, at, zone);
  const renews = renewals(caps, taken, at, zone);
  return {
    repId,
    name,
    status,
    ...(teamId ? { teamId } : {}),
    productLines: productLines.map((line) => (productLine && sameLine(line, productLine) ? productLine : line)),
    capacity,
    openLeads,
    weight,
    turns: tally.turns,
    taken,
    ...(caps ? { caps } : {}),
    ...(renews ? { renews } : {}),
    ...(timeZone ? { timeZone } : {}),
    ...(shifts ? { shifts } : {}),
    ...(pausedUntil ? { pausedUntil } : {}),
    ...(hiredAt ? { hiredAt } : {}),
    ...(deals ? { deals } : {}),
  };
}

/** The reps as a decision at this time sees them who are named there and not seen yet. */
export async function seenToo(
  table: Table,
  inputs: RoutingInputs,
  repIds: readonly string[],
  rules: RoutingRules,
): Promise<RepSeen[]> {
  const known = new Set(inputs.reps.map(({ repId }) => repId));
  const others = await readReps(
    table,
    repIds.filter((repId) => !known.has(repId)),
  );
  const asking = { rules, at: new Date(inputs.at), productLine: inputs.productLine };
  return [...inputs.reps, ...[...others.values()].map((rep) => seen(rep, undefined, asking))];
}

/** Leads before this one that are looked at for an owner: one that found nobody may point to one that did. */
const STEPS_BACK = 5;

/** The rep who has the newest earlier lead of this customer that has an owner. */
async function whoServes(table: Table, lead: Lead, rules: RoutingRules): Promise<string | undefined> {
  let step: Lead | undefined = lead;
  for (let steps = 0; steps < STEPS_BACK && step?.previousLeadId !== undefined; steps += 1) {
    if (step.previousBy === 'company' && !rules.companyHistory) return undefined;
    step = await read(table, step.previousLeadId);
    const owner = step && ownerOf(step);
    if (owner) return owner.repId;
  }
  return undefined;
}
