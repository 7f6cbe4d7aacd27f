import { describe, expect, it } from 'vitest';
import { touching } from '../../../functions/duplicates/touch.ts';
import { defaultDuplicateRules } from '../../../shared/duplicates/rules.ts';
import type { Duplicate } from '../../../shared/duplicates/store.ts';
import { become, type Lead } from '../../../shared/lead/lead.ts';
import { read } from '../../../shared/lead/store.ts';
import { after } from '../../../shared/platform/clock.ts';
import { commit } from '../../../shared/platform/commit.ts';
import { defaultSlaRules } from '../../../shared/sla/rules.ts';
import { anyForm, leadsExist, monday, scoredLead } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();
const minute = (n: number) => after(monday, n * 60_000);

/** What becomes of a lead whose customer posted again in the minute named, of which we hear in another. */
async function heard(lead: Lead, postedIn: number, heardIn: number): Promise<Lead | undefined> {
  const again = { ...scoredLead(), receivedAt: minute(postedIn).toISOString() };
  const duplicate: Duplicate = become(again, { status: 'duplicate', duplicateOf: lead.leadId }) as Duplicate;
  await leadsExist(table(), lead, duplicate);
  const original = { lead, form: anyForm, posted: anyForm, told: undefined };
  const rules = { ...defaultDuplicateRules, restartClock: true };
  await commit(table(), touching({ duplicate, posted: anyForm, original }, rules, defaultSlaRules, minute(heardIn)));
  return read(table(), lead.leadId);
}

const owner = { repId: 'ann', name: 'Ann' };
/** A lead whose customer was called in the tenth minute. */
function called(): Lead {
  const seen = scoredLead();
  return become(
    { ...seen, sla: { ...seen.sla, firstContactAt: minute(10).toISOString() } },
    { status: 'contacted', owner },
  );
}

describe('a clock that starts anew when its customer posts again', () => {
  it('does so for a post after the call', async () => {
    expect(await heard(called(), 10.5, 11)).toMatchObject({ status: 'assigned', sla: { firstContactAt: null } });
  });

  it('runs on where the call was after the post, of which we only hear late', async () => {
    const { status, sla } = (await heard(called(), 5, 11)) ?? {};
    expect([status, sla?.firstContactAt]).toEqual(['contacted', minute(10).toISOString()]);
  });

  it('Invariant 6: runs on where we hear of the post when all have been told already', async () => {
    const seen = scoredLead();
    const missed = become({ ...seen, sla: { ...seen.sla, level: 'exception' } }, { status: 'assigned', owner });
    expect((await heard(missed, 60, 24 * 60))?.sla).toEqual(missed.sla);
  });
});
