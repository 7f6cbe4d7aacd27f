import { describe, expect, it } from 'vitest';
import { assignByHand } from '../../../functions/api/routes/assign.ts';
import { become } from '../../../shared/lead/lead.ts';
import { read } from '../../../shared/lead/store.ts';
import { anyRep, beforeCommit, hrSays, leadsExist, monday, repsExist, scoredLead } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';
import { call } from './asked.ts';

const { table } = useRealTable();
const at = monday.toISOString();
const assign = (leadId: string, repId: string) =>
  call(assignByHand, at, { params: { leadId }, body: { repId, reason: 'knows them' } });

describe('assigning by hand', () => {
  it('Invariant 3: gives the customer of a won deal to nobody whom HR freezes in that moment', async () => {
    await repsExist(table(), anyRep('winner'), anyRep('heir'));
    const owner = { repId: 'winner', name: 'winner' };
    const won = become(scoredLead(), { status: 'won', owner, closedAt: at });
    await leadsExist(table(), won);
    const forget = beforeCommit(table(), 1, () => hrSays(table(), 'heir', 'left'));
    const answer = await assign(won.leadId, 'heir');
    forget();
    expect(answer).toMatchObject({ status: 409, body: { detail: 'heir is left' } });
    expect(await read(table(), won.leadId)).toMatchObject({ status: 'won', owner });
  });
});
