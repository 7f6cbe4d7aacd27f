import { isOpen, type Lead, ownerOf } from '../../lead/lead.ts';
import { leadsOf } from '../../lead/store.ts';
import { teamMembers } from '../../org/store.ts';
import { absent, type Change, put } from '../../platform/commit.ts';
import { sha256 } from '../../platform/random.ts';
import { query, type Table } from '../../platform/table.ts';
import type { Interaction } from '../interaction.ts';
import { isStuck } from '../progress.ts';
import { type Standing, standingOf } from '../review.ts';
import { interactionsOf, rulesOf } from '../store.ts';
import { readTask, tasksAbout } from '../tasks/store.ts';
import type { Task } from '../tasks/task.ts';

/** So many deals are read of a rep, and so many are looked at with their records. */
const MOST_OF_REP = 500;
const MOST_LOOKED_AT = 100;
const DAY = 24 * 3600 * 1000;

/** An open deal of a team as its review sees it. */
export interface Deal extends Standing {
  leadId: string;
  repId: string;
  repName: string;
  stage: string;
  since: string;
  daysInStage: number;
}

/** Open deals of a team. */
async function openDeals(table: Table, teamId: string): Promise<Lead[]> {
  const members = await teamMembers(table, teamId);
  const found = await Promise.all(
    members.map(async (repId) => {
      const deals: Lead[] = [];
      for await (const lead of leadsOf(table, repId)) {
        if (isOpen(lead) && ownerOf(lead)?.repId === repId) deals.push(lead);
        if (deals.length >= MOST_OF_REP) break;
      }
      return deals;
    }),
  );
  return found.flat();
}

/** A team's open deals: how many there are, how many are red, and of those that stand still longest how each stands, with its contacts. */
export async function dealsOf(
  table: Table,
  teamId: string,
  at: Date,
): Promise<{ open: number; stuck: number; deals: (Deal & { records: Interaction[] })[] }> {
  const open = await openDeals(table, teamId);
  const looked = [...open].sort((a, b) => (a.stage.since < b.stage.since ? -1 : 1)).slice(0, MOST_LOOKED_AT);
  const deals = await Promise.all(
    looked.map(async (lead) => {
      const [records, tasks, rules] = await Promise.all([
        interactionsOf(table, lead.leadId),
        tasksAbout(table, lead.leadId),
        rulesOf(table, lead),
      ]);
      const owner = ownerOf(lead);
      return {
        leadId: lead.leadId,
        repId: owner?.repId ?? '',
        repName: owner?.name ?? '',
        stage: lead.stage.name,
        since: lead.stage.since,
        daysInStage: Math.floor((at.getTime() - Date.parse(lead.stage.since)) / DAY),
        ...standingOf(lead, records, tasks, rules, at),
        records,
      };
    }),
  );
  return { open: open.length, stuck: open.filter((lead) => isStuck(lead, at)).length, deals };
}

/** Something that a team decided in its review of a week. Each is a task. */
export interface Decided {
  taskId: string;
  at: string;
  by: string;
}

const partition = (teamId: string): string => `REVIEW#${teamId}`;

/** The id of a task that was decided: the same decision of the same week is one task, however often it is sent. */
export const decisionId = (teamId: string, week: string, said: unknown, leadId: string | undefined): string =>
  `${leadId ?? 'TASK'}.${sha256(JSON.stringify([teamId, week, said])).slice(0, 26)}`;

/** Notes a decision of a week's review. */
export const noteDecision = (teamId: string, week: string, decided: Decided): Change =>
  put('decision', { pk: partition(teamId), sk: `${week}#${decided.taskId}`, decided }, absent);

/** What was decided in a team's review of a week, as it stands now. */
export async function decisionsOf(table: Table, teamId: string, week: string): Promise<Task[]> {
  const items = await query(table, { pk: partition(teamId), begins: `${week}#` });
  const tasks = await Promise.all(items.map(({ decided }) => readTask(table, (decided as Decided).taskId)));
  return tasks
    .filter((task) => task !== undefined)
    .sort((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : 0));
}
