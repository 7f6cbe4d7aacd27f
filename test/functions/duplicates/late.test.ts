import { describe, expect, it } from 'vitest';
import { touching } from '../../../functions/duplicates/touch.ts';
import type { Duplicate } from '../../../shared/duplicates/merging/store.ts';
import { defaultDuplicateRules } from '../../../shared/duplicates/rules.ts';
import { become } from '../../../shared/lead/lead.ts';
import { read } from '../../../shared/lead/store.ts';
import { after } from '../../../shared/platform/clock.ts';
import { commit } from '../../../shared/platform/commit.ts';
import { defaultSlaRules } from '../../../shared/sla/rules.ts';
import { anyForm, leadsExist, monday, scoredLead } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();
const minute = (n: number) => after(monday, n * 60_000);

/** A lead whose customer was called in the tenth minute and had posted again in the minute named, of which we hear in the eleventh. */
async function heardLate(postedIn: number) {
  const seen = scoredLead();
  const called = { ...seen.sla, firstContactAt: minute(10).toISOString() };
  const lead = become({ ...seen, sla: called }, { status: 'contacted', owner: { repId: 'ann', name: 'Ann' } });
  const again = { ...scoredLead(), receivedAt: minute(postedIn).toISOString() };
  const duplicate: Duplicate = become(again, { status: 'duplicate', duplicateOf: lead.leadId }) as Duplicate;
  await leadsExist(table(), lead, duplicate);
  const original = { lead, form: anyForm, posted: anyForm, told: undefined };
  const rules = { ...defaultDuplicateRules, restartClock: true };
  await commit(table(), touching({ duplicate, posted: anyForm, original }, rules, defaultSlaRules, minute(11)));
  return read(table(), lead.leadId);
}

describe('a clock that starts anew when its customer posts again', () => {
  it('does so for a post after the call', async () => {
    expect(await heardLate(10.5)).toMatchObject({ status: 'assigned', sla: { firstContactAt: null } });
  });

  it('runs on where the call was after the post, of which we only hear late', async () => {
    const { status, sla } = (await heardLate(5)) ?? {};
    expect([status, sla?.firstContactAt]).toEqual(['contacted', minute(10).toISOString()]);
  });
});
