import { describe, expect, it } from 'vitest';
import { PersonErasureAsked } from '../../../events/person-erasure-asked.ts';
import { handler } from '../../../functions/erasure/handler.ts';
import { verify } from '../../../shared/audit/record.ts';
import { recordsOf } from '../../../shared/audit/store.ts';
import { addTouch } from '../../../shared/duplicates/store.ts';
import { logged } from '../../../shared/journey/contacts/store.ts';
import { contactKeys } from '../../../shared/lead/contact.ts';
import type { Form } from '../../../shared/lead/form.ts';
import { become } from '../../../shared/lead/lead.ts';
import { create, read, readWithForm } from '../../../shared/lead/store.ts';
import { readRep, takeOn } from '../../../shared/org/store.ts';
import { askErasure, commitAll, readErasure } from '../../../shared/person/erasure/store.ts';
import { claim } from '../../../shared/person/store.ts';
import { personOf, wholeOf } from '../../../shared/person/whole/store.ts';
import { commit } from '../../../shared/platform/commit.ts';
import { writeObject } from '../../../shared/platform/objects.ts';
import { newId } from '../../../shared/platform/random.ts';
import { query } from '../../../shared/platform/table.ts';
import { defaultSlaRules } from '../../../shared/sla/rules.ts';
import { anyRep, beforeCommit, context, messages, monday, repsExist, scoredLead } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();
const owner = { repId: 'rep-li', name: '李雷', teamId: 'east' };
let phones = 13_900_000_000;

/** Two leads of one person, the second open and with a contact that tells of them. */
async function someone(mark: string) {
  phones += 1;
  const contact = { name: mark, phone: `+86${phones}` };
  const form: Form = { contact, source: { channel: 'web' }, message: `${mark} wants a demo` };
  const [key = ''] = contactKeys(contact);
  const first = scoredLead(newId(monday));
  const won = { ...become(first, { status: 'won', owner, closedAt: monday.toISOString() }) };
  const later = scoredLead(newId(new Date(monday.getTime() + 1000)), {
    previousLeadId: won.leadId,
    previousBy: 'person',
  });
  const open = become(later, { status: 'assigned', owner });
  const rep = await readRep(table(), owner.repId);
  if (!rep) throw new Error('the rep is not there');
  await commit(table(), [
    ...create(won, form),
    ...create(open, form),
    claim(key, open.leadId, undefined),
    takeOn(rep, rep.tally, monday),
  ]);
  const said = { channel: 'phone' as const, minutes: 3, summary: `${mark} is interested`, outcome: mark };
  const made = await logged(
    table(),
    open,
    { ...said, at: monday.toISOString(), repId: 'rep-li' },
    defaultSlaRules,
    monday,
  );
  await commit(table(), made.changes);
  await writeObject(`evidence/${open.leadId}/file`, Buffer.from(mark));
  await writeObject(`imports/done/${mark}.csv`, Buffer.from(`name,phone\n${mark},${phones}\n`));
  const leadIds = [won.leadId, open.leadId];
  const keys = [...leadIds.map((id) => `LEAD#${id}`), `CONTACT#${key}`];
  const held = async () => JSON.stringify((await Promise.all(keys.map((pk) => query(table(), { pk })))).flat());
  return { leadIds, held, open: open.leadId };
}

const asked = async (leadId: string) => {
  const whole = await wholeOf(table(), leadId);
  if (!whole) throw new Error('nobody');
  const erasure = await askErasure(table(), whole, { by: { role: 'admin' }, reason: 'request' }, monday);
  return { erasure, event: { personId: whole.personId, eventId: newId(monday), at: monday.toISOString() } };
};
const run = (event: Awaited<ReturnType<typeof asked>>['event']) =>
  handler(messages(PersonErasureAsked, event), context) as Promise<{ batchItemFailures: object[] }>;

describe('erasing a person', () => {
  it('comes to its end wherever it breaks off, when it is begun anew', async () => {
    await repsExist(table(), anyRep('rep-li', { teamId: 'east' }));
    for (let nth = 1; nth <= 7; nth += 1) {
      const mark = `Marked${nth}`;
      const { leadIds, held, open } = await someone(mark);
      expect(await held()).toContain(mark);
      const { erasure, event } = await asked(open);
      expect(erasure.leadIds).toEqual(leadIds);
      const mended = beforeCommit(table(), nth, async () => {
        throw new Error('killed');
      });
      const broken = await run(event).catch(() => ({ batchItemFailures: [{}] }));
      mended();
      // With so few things the last of these breaks nothing off any more.
      if (nth < 5) expect([nth, broken.batchItemFailures.length]).toEqual([nth, 1]);
      expect((await run(event)).batchItemFailures).toEqual([]);
      expect(await held()).not.toContain(mark);
      expect(await readErasure(table(), erasure.personId)).toMatchObject({ state: 'erased' });
      for (const leadId of leadIds) {
        const lead = await read(table(), leadId);
        const records = await recordsOf(table(), leadId);
        expect(lead && verify(leadId, records, lead.audit).intact).toBe(true);
        expect(records.filter(({ basis }) => basis === 'erased')).toHaveLength(1);
      }
      expect((await read(table(), open))?.status).toBe('rejected');
      expect((await readRep(table(), 'rep-li'))?.openLeads).toBe(0);
      expect(
        (await query(table(), { pk: `PERSON#${erasure.personId}` })).filter(({ type }) => type === 'PersonErased'),
      ).toHaveLength(1);
    }
  });

  it('is of all their posts, however many there are', async () => {
    const { leadIds, open } = await someone('Often');
    const posts = Array.from({ length: 101 }, (_, n) => {
      const lead = scoredLead(newId(new Date(monday.getTime() + 2000 + n)));
      return become(lead, { status: 'duplicate', duplicateOf: open });
    });
    const form: Form = { contact: { name: 'Often' }, source: { channel: 'web' } };
    const touch = { at: monday.toISOString(), likeness: 'exact' as const };
    await commitAll(
      table(),
      posts.flatMap((post) => [...create(post, form), addTouch(open, { ...touch, leadId: post.leadId })]),
    );
    const { erasure } = await asked(open);
    expect(erasure.leadIds).toEqual([...leadIds, ...posts.map(({ leadId }) => leadId)]);
  });

  it('is of that person only: who was said to be somebody else, and who comes back later, stays', async () => {
    const { leadIds, open } = await someone('Marked');
    const twin = scoredLead(newId(monday), { apartFrom: [open], previousLeadId: open, previousBy: 'person' });
    const form: Form = { contact: { name: 'Twin', phone: `+86${phones}` }, source: { channel: 'web' } };
    await commit(table(), create(twin, form));
    expect((await wholeOf(table(), open))?.leads.map(({ leadId }) => leadId)).toEqual(leadIds);
    const { event } = await asked(open);
    await run(event);
    expect((await readWithForm(table(), twin.leadId))?.form.contact.name).toBe('Twin');
    const back = scoredLead(newId(monday), { previousLeadId: open, previousBy: 'person' });
    await commit(table(), create(back, form));
    expect(await personOf(table(), back)).toBe(`person-${back.leadId}`);
  });
});
