import type { Versions } from '../../audit/record.ts';
import { current, load } from '../../config/store.ts';
import { type Lead, ownerOf } from '../../lead/lead.ts';
import { read } from '../../lead/store.ts';
import { readReps } from '../../org/store.ts';
import type { Table } from '../../platform/table.ts';
import { whereIs } from '../../territory/store.ts';
import type { RoutingInputs } from '../inputs.ts';
import type { RoutingRules } from '../rules.ts';

/** Reads all that a routing decision is made of, each by its key: the number of leads, reps and territories does not matter. */
export async function factsFor(
  table: Table,
  lead: Lead,
): Promise<{ inputs: RoutingInputs; versions: Versions; rules: RoutingRules }> {
  const { routing, territories: territoryVersion, roster, scoring } = await current(table);
  const [rules, territories, previous] = await Promise.all([
    load(table, 'routing', routing),
    lead.point ? whereIs(table, territoryVersion, lead.point) : [],
    lead.previousLeadId ? read(table, lead.previousLeadId) : undefined,
  ]);
  const knownRepId = previous && ownerOf(previous)?.repId;
  const { leadId, productLine, preferredRepId } = lead;
  const named = [preferredRepId, knownRepId, ...territories.flatMap(({ repIds }) => repIds)];
  const reps = await readReps(
    table,
    named.filter((repId) => repId !== undefined),
  );
  return {
    rules,
    versions: { routing, territories: territoryVersion, roster, scoring: lead.score?.version ?? scoring },
    inputs: {
      leadId,
      ...(productLine ? { productLine } : {}),
      ...(preferredRepId ? { preferredRepId } : {}),
      ...(knownRepId ? { knownRepId } : {}),
      territories,
      reps: [...reps.values()]
        .sort((a, b) => (a.repId < b.repId ? -1 : 1))
        .map(({ repId, name, status, teamId, productLines, capacity, openLeads }) => ({
          repId,
          name,
          status,
          ...(teamId ? { teamId } : {}),
          productLines,
          capacity,
          openLeads,
        })),
      order: rules.order,
    },
  };
}
