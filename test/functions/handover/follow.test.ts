import type { Context } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { LeadScored } from '../../../events/lead-scored.ts';
import { RepMoved } from '../../../events/rep-moved.ts';
import { handler as assignment } from '../../../functions/assignment/handler.ts';
import { follow } from '../../../functions/handover/follow.ts';
import { handler } from '../../../functions/handover/handler.ts';
import { current } from '../../../shared/config/store.ts';
import { ownerOf } from '../../../shared/lead/lead.ts';
import { read } from '../../../shared/lead/store.ts';
import { hear } from '../../../shared/org/staff/store.ts';
import { historyOf, readRep, takeOn } from '../../../shared/org/store.ts';
import { commit } from '../../../shared/platform/commit.ts';
import {
  anyRep,
  beforeCommit,
  context,
  leadsExist,
  messages,
  monday,
  repsExist,
  scoredLead,
  square,
  territoriesAre,
} from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();

/** HR says that somebody is in a team, or in none. */
const isIn = (repId: string, teamId: string | undefined) =>
  hear(
    table(),
    'hr',
    { employeeId: repId, name: repId, status: 'active', ...(teamId && { teamId }) },
    monday,
    'Asia/Shanghai',
    'whole',
  );

/** A rep of team east with that many open leads. */
async function withLeads(repId: string, leads: number): Promise<string[]> {
  await repsExist(table(), anyRep(repId, { capacity: 50 }));
  await isIn(repId, 'east');
  await territoriesAre(table(), (await current(table())).territories, square([repId]));
  const theirs = Array.from({ length: leads }, () => scoredLead());
  await leadsExist(table(), ...theirs);
  const scored = theirs.map(({ leadId }) => ({ ...LeadScored.sample, leadId }));
  await assignment(messages(LeadScored, ...scored), context as Context);
  return theirs.map(({ leadId }) => leadId);
}
const teamsOf = async (leadIds: readonly string[]) =>
  Promise.all(leadIds.map(async (leadId) => ownerOf((await read(table(), leadId)) as never)?.teamId));

describe('the open leads of a rep who is in another team', () => {
  it('go along, and so they do when the rep is in none, or comes again', async () => {
    const leads = await withLeads('mover', 3);
    expect(await teamsOf(leads)).toEqual(['east', 'east', 'east']);
    for (const team of ['west', undefined, 'north'] as const) {
      await isIn('mover', team);
      const moves = (await historyOf(table(), 'mover')).filter(({ type }) => type === 'RepMoved');
      await handler(messages(RepMoved, moves.at(-1)?.detail as typeof RepMoved.sample), context as Context);
      expect(await teamsOf(leads)).toEqual(leads.map(() => team));
    }
    const moves = (await historyOf(table(), 'mover')).filter(({ type }) => type === 'RepMoved');
    expect(moves.map(({ detail: { from, to } }) => [from, to])).toEqual([
      [undefined, 'east'],
      ['east', 'west'],
      ['west', undefined],
      [undefined, 'north'],
    ]);
    expect((await readRep(table(), 'mover'))?.openLeads).toBe(3);
  });

  it('are all in that team at the end, wherever it was stopped, and when the rep moves on meanwhile', async () => {
    const leads = await withLeads('restless', 4);
    await isIn('restless', 'west');
    for (let crash = 1; crash <= leads.length; crash += 1) {
      const restore = beforeCommit(table(), 2, async () => {
        throw new Error('crashed');
      });
      await follow(table(), 'restless').catch((error: Error) => expect(error.message).toBe('crashed'));
      restore();
    }
    expect(await teamsOf(leads)).toEqual(leads.map(() => 'west'));

    await isIn('restless', 'south');
    const restore = beforeCommit(table(), 2, async () => {
      await isIn('restless', 'north');
    });
    await follow(table(), 'restless');
    restore();
    await follow(table(), 'restless');
    expect(await teamsOf(leads)).toEqual(leads.map(() => 'north'));
  });

  it('are looked for again while the index does not show them all', async () => {
    await repsExist(table(), anyRep('unseen'));
    const rep = await readRep(table(), 'unseen');
    await commit(table(), rep ? [takeOn(rep, rep.tally, monday)] : []);
    await expect(follow(table(), 'unseen')).rejects.toThrow(expect.objectContaining({ name: 'IndexLags' }));
  });
});
