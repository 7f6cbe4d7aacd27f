import type { Context } from 'aws-lambda';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LeadDuplicated } from '../../../events/lead-duplicated.ts';
import { handler } from '../../../functions/duplicates/handler.ts';
import { receive } from '../../../functions/intake/receive.ts';
import { tracesOf, whoIsThis } from '../../../functions/intake/recognise.ts';
import { defaultDuplicateRules } from '../../../shared/duplicates/rules.ts';
import { rootsOf, touchesOf } from '../../../shared/duplicates/store.ts';
import type { Contact } from '../../../shared/lead/contact.ts';
import type { Lead } from '../../../shared/lead/lead.ts';
import { read, readWithForm, save, timeline } from '../../../shared/lead/store.ts';
import { commit, reconsider } from '../../../shared/platform/commit.ts';
import { newId } from '../../../shared/platform/random.ts';
import { deadlines, defaultSlaRules } from '../../../shared/sla/rules.ts';
import { context, messages, monday } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();

let clock = monday.getTime();
const later = () => {
  clock += 1;
  return new Date(clock);
};

/** Takes a post in as intake does. */
const post = (contact: Contact, company?: string): Promise<string> =>
  reconsider(async () => {
    const at = later();
    const form = { contact, ...(company ? { company: { name: company } } : {}), source: { channel: 'web' } };
    const traces = await tracesOf(table(), form);
    const person = await whoIsThis(table(), form, traces, defaultDuplicateRules, at);
    const { changes, receipt } = receive(form, person, deadlines(defaultSlaRules), at);
    await commit(table(), changes);
    return receipt.leadId;
  });

type Delivery = (typeof LeadDuplicated)['sample'];

/** What these leads have announced to the step. */
async function announced(leadIds: readonly string[]): Promise<Delivery[]> {
  const entries = await Promise.all(leadIds.map((leadId) => timeline(table(), leadId)));
  return entries.flat().flatMap(({ type, detail }) => (type === 'LeadDuplicated' ? [detail as Delivery] : []));
}

const deliver = (...events: Delivery[]) => handler(messages(LeadDuplicated, ...events), context as Context);

/** Delivers everything that is announced, in some order, some of it twice, until nothing new is. */
async function settle(leadIds: readonly string[], luck: () => number): Promise<void> {
  const delivered = new Set<string>();
  for (;;) {
    const events = (await announced(leadIds)).filter(({ eventId }) => !delivered.has(eventId));
    if (events.length === 0) return;
    const batch = events.map((event) => ({ event, at: luck() })).sort((a, b) => a.at - b.at);
    for (const { event, at } of batch) {
      expect(await deliver(event, ...(at % 3 === 0 ? [event] : []))).toEqual({ batchItemFailures: [] });
      delivered.add(event.eventId);
    }
  }
}

const contacts = fc
  .record({
    phone: fc.option(fc.constantFrom('1', '2', '3'), { nil: undefined }),
    email: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }),
    wechat: fc.option(fc.constantFrom('x', 'y'), { nil: undefined }),
  })
  .filter(({ phone, email, wechat }) => [phone, email, wechat].some((each) => each !== undefined));

/** Which posts belong together: those that share a way to reach them, directly or by others between. */
function persons(posts: readonly Contact[]): number[][] {
  const groups: { said: Set<string>; posts: number[] }[] = [];
  for (const [index, { phone, email, wechat }] of posts.entries()) {
    const said = new Set([`p${phone}`, `e${email}`, `w${wechat}`].filter((each) => !each.endsWith('undefined')));
    const own = { said, posts: [index] };
    for (const group of groups.filter((each) => [...said].some((one) => each.said.has(one)))) {
      groups.splice(groups.indexOf(group), 1);
      own.posts.push(...group.posts);
      for (const each of group.said) own.said.add(each);
    }
    groups.push(own);
  }
  return groups.map((group) => group.posts);
}

/** The contacts as nobody else's in this table. */
const unique = (posts: readonly Contact[], run: string): Contact[] =>
  posts.map(({ phone, email, wechat }) => ({
    ...(phone ? { phone: `+86${run}${phone}` } : {}),
    ...(email ? { email: `${email}-${run}@example.com` } : {}),
    ...(wechat ? { wechat: `${wechat}-${run}` } : {}),
  }));

describe('the posts of one person', () => {
  it('end in one lead, whatever they give of themselves, in any order, many at once, announced in any order and twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(contacts, { minLength: 2, maxLength: 9 }),
        fc.boolean(),
        fc.infiniteStream(fc.nat()),
        async (drawn, atOnce, stream) => {
          const luck = () => stream.next().value ?? 0;
          const posts = unique(drawn, newId(later()));
          const ids: string[] = [];
          if (atOnce) ids.push(...(await Promise.all(posts.map((contact) => post(contact)))));
          else for (const contact of posts) ids.push(await post(contact));
          await settle(ids, luck);
          const roots = await rootsOf(table(), ids);
          for (const together of persons(drawn)) {
            const ends = new Set(together.map((index) => roots.get(ids[index] ?? '')?.leadId));
            expect(ends.size).toBe(1);
            const [root = ''] = ends;
            const touches = await touchesOf(table(), root);
            expect([root, ...touches.map(({ leadId }) => leadId)].sort()).toEqual(
              together.map((index) => ids[index] ?? '').sort(),
            );
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('are one lead when thirty come at once, by whatever of two ways they give', async () => {
    const [phone, email] = ['+8613700000001', `thirty-${newId(later())}@example.com`];
    const kinds: Contact[] = [{ phone, email }, { phone }, { phone, email }];
    const ids = await Promise.all(Array.from({ length: 30 }, (_, index) => post(kinds[index % 3] ?? { phone })));
    await settle(ids, () => 1);
    const leads = await Promise.all(ids.map((leadId) => read(table(), leadId)));
    expect(leads.filter((lead) => lead?.status !== 'duplicate')).toHaveLength(1);
  });

  it('do not write a lead in which nothing changes, however many there are', async () => {
    const contact = { phone: '+8613700000002' };
    const first = await post(contact);
    await settle([await post(contact)], () => 1);
    const before = await read(table(), first);
    const more = await Promise.all(Array.from({ length: 20 }, () => post(contact)));
    const events = await announced(more);
    await Promise.all(events.map((event) => deliver(event)));
    expect((await read(table(), first))?.version).toBe(before?.version);
    expect(await touchesOf(table(), first)).toHaveLength(21);
  });

  it('stay two leads when both are worked on, and make a new one when the first has ended before they came', async () => {
    const [phone, email] = ['+8613700000003', `both-${newId(later())}@example.com`];
    const ids = [await post({ phone }), await post({ email })];
    const owner = { repId: 'rep', name: 'Rep' };
    for (const leadId of ids) {
      const lead = (await read(table(), leadId)) as Lead;
      await commit(table(), [save(lead, { ...lead, status: 'contacted', owner } as Lead)]);
    }
    const third = await post({ phone, email });
    await settle([...ids, third], () => 1);
    expect((await Promise.all(ids.map((leadId) => read(table(), leadId)))).map((lead) => lead?.status)).toEqual([
      'contacted',
      'contacted',
    ]);
    const lead = (await read(table(), ids[0] ?? '')) as Lead;
    const late = await post({ phone });
    const closedAt = new Date(monday.getTime() - 1).toISOString();
    await commit(table(), [save(lead, { ...lead, status: 'lost', owner, closedAt, lostReason: 'none' } as Lead)]);
    await settle([late], () => 1);
    expect(await read(table(), late)).toMatchObject({ status: 'received', previousLeadId: ids[0] });
    expect((await post({ phone })) !== late).toBe(true);
    expect((await readWithForm(table(), late))?.lead.audit.records).toBe(1);
  });
});
