import { describe, expect, it } from 'vitest';
import { LeadDuplicated } from '../../../events/lead-duplicated.ts';
import { LeadUnmerged } from '../../../events/lead-unmerged.ts';
import { PersonErasureAsked } from '../../../events/person-erasure-asked.ts';
import { mergeByHand, unmerge } from '../../../functions/api/routes/merging.ts';
import { handler } from '../../../functions/duplicates/handler.ts';
import { handler as erase } from '../../../functions/erasure/handler.ts';
import { receive } from '../../../functions/intake/receive.ts';
import { tracesOf, whoIsThis } from '../../../functions/intake/recognise.ts';
import { defaultDuplicateRules } from '../../../shared/duplicates/rules.ts';
import { everyTouchOf, rootsOf } from '../../../shared/duplicates/store.ts';
import type { Contact } from '../../../shared/lead/contact.ts';
import { read, readWithForm, timeline } from '../../../shared/lead/store.ts';
import { askErasure } from '../../../shared/person/erasure/store.ts';
import { wholeOf } from '../../../shared/person/whole/store.ts';
import { after } from '../../../shared/platform/clock.ts';
import { commit, reconsider } from '../../../shared/platform/commit.ts';
import { newId } from '../../../shared/platform/random.ts';
import { deadlines, defaultSlaRules } from '../../../shared/sla/rules.ts';
import { beforeCommit, context, messages, monday } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';
import { call } from '../api/asked.ts';

const { table } = useRealTable();

let clock = monday;
const later = () => {
  clock = after(clock, 1);
  return clock;
};
let phones = 13_800_000_000;
const somebody = (name: string): Contact => {
  phones += 1;
  return { name, phone: `+86${phones}` };
};

/** Takes a post in as intake does, and lets nobody hear of it yet. */
const taken = (contact: Contact): Promise<string> =>
  reconsider(async () => {
    const at = later();
    const form = { contact, source: { channel: 'web' } };
    const person = await whoIsThis(table(), form, await tracesOf(table(), form), defaultDuplicateRules, at);
    const { changes, receipt } = receive(form, person, deadlines(defaultSlaRules), at);
    await commit(table(), changes);
    return receipt.leadId;
  });

/** Lets the step hear of all that happened to a lead. */
async function hear(leadId: string): Promise<void> {
  for (const { type, detail } of await timeline(table(), leadId)) {
    if (type === 'LeadDuplicated') await handler(messages(LeadDuplicated, detail as never), context);
    if (type === 'LeadUnmerged') await handler(messages(LeadUnmerged, detail as never), context);
  }
}

async function posted(contact: Contact): Promise<string> {
  const leadId = await taken(contact);
  await hear(leadId);
  return leadId;
}

const reason = 'another customer';
const apart = (leadId: string) => call(unmerge, later().toISOString(), { params: { leadId }, body: { reason } });
async function merge(leadId: string, into: string): Promise<void> {
  const asked = { params: { leadId }, body: { into, reason: 'the same' } };
  expect((await call(mergeByHand, later().toISOString(), asked)).status).toBe(200);
  await hear(leadId);
}

const touching = async (leadId: string) => (await everyTouchOf(table(), leadId)).map((touch) => touch.leadId).sort();
const ends = async (leadId: string) => (await rootsOf(table(), [leadId])).get(leadId)?.leadId;
const ofPerson = async (leadId: string) => (await wholeOf(table(), leadId))?.leads.map((lead) => lead.leadId);

describe('a lead that was merged by mistake', () => {
  it('takes along what came in meanwhile by what only its customer gave, and erasing its person erases that', async () => {
    const [green, fox] = [somebody('Green'), { ...somebody('Fox'), email: 'fox@example.com' }];
    const g = await posted({ phone: green.phone as string });
    const f = await posted({ phone: fox.phone as string });
    await merge(f, g);
    const t = await posted(fox);
    const u = await posted({ email: fox.email });
    const own = await posted(green);
    expect((await readWithForm(table(), g))?.form.contact.name).toBe('Fox');
    expect(await touching(g)).toEqual([f, t, u, own].sort());

    expect((await apart(f)).status).toBe(200);
    await hear(g);
    expect([await touching(g), await touching(f)]).toEqual([[own], [t, u].sort()]);
    expect(await read(table(), t)).toMatchObject({ status: 'duplicate', duplicateOf: f });
    expect((await readWithForm(table(), g))?.form.contact).toEqual(green);
    expect((await readWithForm(table(), f))?.form.contact).toEqual(fox);
    const next = await posted(fox);
    expect(await ends(next)).toBe(f);
    expect(await ofPerson(f)).toEqual([f, t, u, next]);
    expect(await ofPerson(g)).toEqual([g, own]);

    const whole = await wholeOf(table(), f);
    if (!whole) throw new Error('nobody');
    await askErasure(table(), whole, { by: { role: 'admin' }, reason: 'request' }, later());
    const event = { personId: whole.personId, eventId: newId(monday), at: monday.toISOString() };
    await erase(messages(PersonErasureAsked, event), context);
    for (const leadId of [f, t, u, next]) expect((await readWithForm(table(), leadId))?.form.contact).toEqual({});
    expect((await readWithForm(table(), g))?.form.contact).toEqual(green);
    expect(await read(table(), await posted(fox))).toMatchObject({ status: 'received' });
  });

  it('takes them along out of the middle of a chain, and gives up what is of the next in turn', async () => {
    const [fox, green, hill] = [somebody('Fox'), somebody('Green'), somebody('Hill')];
    const [f, g, h] = [await posted(fox), await posted(green), await posted(hill)];
    await merge(f, g);
    const first = await posted(fox);
    await merge(g, h);
    const [second, greens, hills] = [await posted(fox), await posted(green), await posted(hill)];
    await apart(g);
    expect(await touching(g)).toEqual([f, first, second, greens].sort());
    expect(await touching(h)).toEqual([hills]);
    await merge(g, h);
    const third = await posted(fox);
    await apart(f);
    expect(await touching(f)).toEqual([first, second, third].sort());
    expect(await touching(h)).toEqual([g, greens, hills].sort());
    expect(await ofPerson(f)).toEqual([f, first, second, third]);
    expect((await read(table(), f))?.apartFrom).toEqual([g, h]);
    expect(await ends(await posted(fox))).toBe(f);
    expect(await ends(await posted(green))).toBe(h);
  });

  it('takes along more than a transaction holds: broken off, nothing is to be seen of it, and it goes on', async () => {
    const [fox, green] = [somebody('Fox'), somebody('Green')];
    const [f, g] = [await posted(fox), await posted(green)];
    await merge(f, g);
    const posts: string[] = [];
    for (let n = 0; n < 25; n += 1) posts.push(await posted(fox));
    const mended = beforeCommit(table(), 2, async () => {
      throw new Error('killed');
    });
    await expect(apart(f)).rejects.toThrow('killed');
    mended();
    expect(await touching(g)).toEqual([f, ...posts].sort());
    expect(await touching(f)).toHaveLength(19);
    expect(new Set(await Promise.all(posts.map(ends)))).toEqual(new Set([g]));
    expect((await apart(f)).status).toBe(200);
    expect([await touching(g), await touching(f)]).toEqual([[], posts.sort()]);
    expect(await ends(await posted(fox))).toBe(f);
  });

  it('gets what came in at that very moment, whenever it is heard of', async () => {
    const [fox, green] = [somebody('Fox'), somebody('Green')];
    const [f, g] = [await posted(fox), await posted(green)];
    await merge(f, g);
    await posted(fox);
    const [early, late] = [await taken({ ...fox, name: 'Fox the first' }), await taken(fox)];
    const mended = beforeCommit(table(), 1, () => hear(early));
    expect((await apart(f)).status).toBe(200);
    mended();
    expect(await touching(g)).toEqual([early]);
    await hear(late);
    await hear(g);
    await hear(early);
    await hear(g);
    expect(await touching(g)).toEqual([]);
    expect(await touching(f)).toHaveLength(3);
    expect((await ofPerson(f))?.length).toBe(4);
  });
});
