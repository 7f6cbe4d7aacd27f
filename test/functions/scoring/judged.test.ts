import type { Context } from 'aws-lambda';
import { beforeAll, describe, expect, it } from 'vitest';
import { LeadReceived } from '../../../events/lead-received.ts';
import { handler } from '../../../functions/scoring/handler.ts';
import type { Form } from '../../../shared/lead/form.ts';
import type { Lead } from '../../../shared/lead/lead.ts';
import { create, read, timeline } from '../../../shared/lead/store.ts';
import { commit } from '../../../shared/platform/commit.ts';
import { newId } from '../../../shared/platform/random.ts';
import { othersWhoPosted } from '../../../shared/rubbish/repeats/store.ts';
import { shareOf } from '../../../shared/rubbish/share/share.ts';
import { sharesBetween } from '../../../shared/rubbish/share/store.ts';
import { context, messages, monday, scoredLead } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();
const day = '2026-11-02';

async function received(posted: Partial<Form>): Promise<string> {
  const { score, ...lead } = scoredLead(newId(monday));
  const form: Form = { contact: { phone: '+8613912340000' }, source: { channel: 'web' }, ...posted };
  await commit(table(), create({ ...lead, status: 'received', source: form.source } as Lead, form));
  return lead.leadId;
}
const arrive = (...leadIds: string[]) =>
  handler(messages(LeadReceived, ...leadIds.map((leadId) => ({ ...LeadReceived.sample, leadId }))), context as Context);

describe('rubbish in a batch', () => {
  beforeAll(() => {
    process.env.SECRET_ARN = 'none';
  });

  it('is set aside once, however often and at once its message comes, and counted once', async () => {
    const rubbish = await Promise.all(
      Array.from({ length: 8 }, () =>
        received({ filled: { honeypot: 'x' }, source: { channel: 'web', campaign: 'often' } }),
      ),
    );
    await Promise.all([arrive(...rubbish), arrive(...rubbish), arrive(...[...rubbish].reverse())]);
    for (const leadId of rubbish) {
      expect(await read(table(), leadId)).toMatchObject({ status: 'rejected', reason: 'honeypot' });
      expect((await timeline(table(), leadId)).map(({ type }) => type)).toEqual(['LeadRejected']);
    }
    const rows = (await sharesBetween(table(), day, '2026-11-03')).filter(({ campaign }) => campaign === 'often');
    expect(shareOf(rows)).toMatchObject({ leads: 8, rejected: 8, share: 1 });
  });
});

describe('a text that was posted', () => {
  const at = (seconds: number) => new Date(monday.getTime() + seconds * 1000);
  const day24 = 24 * 3600 * 1000;

  it('counts each sender once, also when all come at once, and forgets them after a while', async () => {
    const key = 'a'.repeat(40);
    const senders = Array.from({ length: 12 }, (_, n) => `${String(n).padStart(2, '0')}sender-key`);
    await Promise.all([...senders, ...senders].map((sender) => othersWhoPosted(table(), key, sender, day24, at(0))));
    expect(await othersWhoPosted(table(), key, senders[0] ?? '', day24, at(60))).toBe(11);
    expect(await othersWhoPosted(table(), key, 'somebody-else', day24, at(60))).toBe(12);
    expect(await othersWhoPosted(table(), key, 'late-sender-key', day24, at(24 * 3600 + 1))).toBe(0);
    expect(await othersWhoPosted(table(), key, 'later-sender-key', day24, at(24 * 3600 + 2))).toBe(1);
  });

  it('is kept small however many post it', async () => {
    const key = 'b'.repeat(40);
    for (let n = 0; n < 60; n += 1) await othersWhoPosted(table(), key, `${n}-`.padEnd(12, 'x'), day24, at(0));
    expect(await othersWhoPosted(table(), key, 'one-more-sender', day24, at(1))).toBe(50);
  });
});
