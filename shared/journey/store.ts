import { load } from '../config/store.ts';
import type { Lead } from '../lead/lead.ts';
import { leadPartition } from '../lead/partition.ts';
import { absent, type Change, put } from '../platform/commit.ts';
import { query, type Table } from '../platform/table.ts';
import type { Interaction } from './interaction.ts';
import { TWO_WEEKS } from './progress.ts';
import { type JourneyRules, journeyOf, stuckAfter } from './rules.ts';
import { openStages, type Stage } from './stages.ts';

/** Adds a contact to a lead's records. Append-only. */
export const addInteraction = (leadId: string, interaction: Interaction): Change =>
  put(
    'interaction',
    { pk: leadPartition(leadId), sk: `INTERACTION#${interaction.interactionId}`, interaction },
    absent,
  );

/** The contacts with a lead, oldest first. */
export async function interactionsOf(from: Table, leadId: string): Promise<Interaction[]> {
  const items = await query(from, { pk: leadPartition(leadId), begins: 'INTERACTION#' });
  return items.map((item) => item.interaction as Interaction);
}

/** The rules that a deal goes by. */
export const rulesOf = (table: Table, lead: Pick<Lead, 'journey'>): Promise<JourneyRules> =>
  load(table, 'journey', lead.journey ?? 1);

/** A stage that is entered, by the rules of the deal's product line. */
export function stageOf(
  rules: JourneyRules,
  lead: Pick<Lead, 'productLine'>,
  name: Stage['name'],
  since: string,
): Stage {
  const open = openStages.find((each) => each === name);
  const stuckMs = open ? stuckAfter(journeyOf(rules, lead.productLine).stages[open]) : TWO_WEEKS;
  return { name, since, ...(stuckMs === TWO_WEEKS ? {} : { stuckMs }) };
}

/** What a lead keeps of the rules that are in force when its journey begins. */
export async function startOf(
  table: Table,
  lead: Lead,
  version: number,
): Promise<Partial<Pick<Lead, 'journey' | 'stage'>>> {
  if (version === 1) return {};
  const rules = await load(table, 'journey', version);
  return { journey: version, stage: stageOf(rules, lead, lead.stage.name, lead.stage.since) };
}
