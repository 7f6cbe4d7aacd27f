import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { unpacked } from '../../shared/audit/packing.ts';
import { unpacked as unpackedLead } from '../../shared/lead/packing.ts';
import { form, useSystem } from '../running-system.ts';

const system = useSystem();

/** Stands in all that the marked person posts, says, writes and uploads, and in what is written about them. */
const MARK = 'Zq7marked';
const phone = '13912340077';
const marked = (but: Record<string, unknown> = {}) =>
  form({
    contact: { name: `${MARK}王`, phone, email: `${MARK}@example.com`, wechat: `${MARK}_wx` },
    company: { name: `${MARK}泵业有限公司`, employees: 50 },
    location: { address: `江苏省苏州市工业园区${MARK}路7号`, point: { lng: 120.73, lat: 31.26, crs: 'GCJ02' } },
    message: `${MARK} please call`,
    source: { campaign: 'spring', clickIds: { gclid: `${MARK}-click` } },
    preferredRepId: 'rep-li',
    ...but,
  });
interface Person {
  personId: string;
  leadIds: string[];
  state: string;
}
const personOf = async (leadId: string) =>
  (await system.call<{ personId: string }>('GET', `/leads/${leadId}`)).body.personId;
const person = async (personId: string) => (await system.call<Person>('GET', `/persons/${personId}`)).body;
const li = () => system.token({ role: 'rep', repId: 'rep-li' });
const post = async (path: string, body: unknown, headers?: Record<string, string>) => {
  const answer = await system.call<Record<string, string>>('POST', path, body, headers);
  expect([path, answer.status, answer.body]).toEqual([path, expect.toSatisfy((n) => n < 300), answer.body]);
  return answer.body;
};
const inHours = (hours: number) => system.later(hours);

/** Everything that a binary attribute may hold. */
function opened(bytes: Uint8Array): string {
  const packed = [unpacked, unpackedLead].map((unpack) => () => JSON.stringify(unpack(bytes)));
  for (const open of [...packed, () => gunzipSync(bytes).toString('utf8')]) {
    try {
      return open();
    } catch {}
  }
  return Buffer.from(bytes).toString('latin1');
}

/** Where the mark or the phone stands: in items of the table, the outbox, the log. */
async function traces(): Promise<string[]> {
  const text = (item: object) =>
    JSON.stringify(item, (_, value: unknown) => (value instanceof Uint8Array ? opened(value) : value));
  const stands = (said: string) =>
    said.includes(MARK) || said.toLowerCase().includes(MARK.toLowerCase()) || said.includes(phone);
  const items = await system.items();
  const files = await Promise.all(
    ['outbox.jsonl', 'functions.log'].map(
      async (name) => [name, await readFile(join(system.dataDir, name), 'utf8')] as const,
    ),
  );
  return [
    ...items.filter((item) => stands(text(item))).map(({ pk, sk }) => `${pk} ${sk}`),
    ...files.filter(([, said]) => stands(said)).map(([name]) => name),
  ];
}

const heard = (leadId: string): string => `transcripts/${leadId}/recording-1.json`;

/** A person who bought, came back and did not buy, came back again, and posted once more: with all that was said and done. */
async function longStory() {
  const won = await system.lead(marked());
  const file = Buffer.from(`${MARK} minutes of the meeting`);
  const { uploadId, url, headers } = (await post(`/leads/${won}/evidence`, {
    name: `${MARK}.txt`,
    type: 'text/plain',
    bytes: file.length,
  })) as unknown as { uploadId: string; url: string; headers: Record<string, string> };
  expect((await fetch(url, { method: 'PUT', headers, body: new Uint8Array(file) })).status).toBe(200);
  // What Amazon Transcribe would have heard in a recording.
  await system.call('PUT', `/_local/files/${heard(won)}`, { said: MARK });
  const contact = {
    channel: 'visit',
    minutes: 60,
    summary: `${MARK} showed us the plant`,
    outcome: `${MARK} is interested`,
    with: [`${MARK}王`],
    evidence: [{ name: `${MARK}`, uploadId }],
    nextStep: { text: `write to ${MARK}`, dueAt: await inHours(30) },
  };
  const { interactionId } = await post(`/leads/${won}/interactions`, contact, await li());
  await post(`/leads/${won}/interactions/${interactionId}/corrections`, {
    ...contact,
    at: await inHours(0),
    reason: `${MARK} said otherwise`,
  });
  await post(
    `/leads/${won}/transcripts`,
    { channel: 'wecom', text: `客户: 价格太贵了 ${MARK}\n李雷: 好的 ${MARK}` },
    await li(),
  );
  await post(`/leads/${won}/assign`, { repId: 'rep-wang', reason: `${MARK} asked for him` });
  await post(`/leads/${won}/stage`, { to: 'payment-confirmed', reason: `${MARK} paid at once` });
  await post(`/leads/${won}/payments`, {
    reference: 'r-77',
    amount: 100,
    paidOn: (await inHours(0)).slice(0, 10),
    document: { name: `${MARK} receipt`, url: 'https://example.com/r' },
  });
  const { token } = await post('/surveys', { leadId: won, point: 'won' });
  const said = await system.call('PUT', `/surveys/${token}`, { score: 9, text: `${MARK} liked it` }, {});
  expect(said.status).toBe(200);
  const lost = await system.lead(marked());
  await post(`/leads/${lost}/stage`, { to: 'lost', lostReason: `${MARK} has no budget` });
  const open = await system.lead(marked());
  const again = await system.lead(marked({ message: `${MARK} once more` }));
  return { won, lost, open, again, uploadId };
}

describe('one person', () => {
  it('is all their leads; what is held of them is given out, and erased, with nothing of it left anywhere', async () => {
    const other = await system.lead(form({ contact: { name: '赵敏', phone: '13912340078' } }));
    const { won, lost, open, again, uploadId } = await longStory();
    // Not understood, and by the phone alone theirs.
    const strange = {
      google_key: system.keys['google-ads'],
      lead_id: 'zz-1',
      note: `call ${phone.slice(0, 3)}-${phone.slice(3)}`,
    };
    await system.call('POST', '/leads/google-ads', strange, {});
    // Waits for a channel that is down.
    await post('/_local/faults', { target: 'channel:push', fault: 'error', rate: 1 });
    await post(`/leads/${open}/assign`, { repId: 'rep-wang', reason: `${MARK} again` });
    const waits = async () => expect((await system.items()).some(({ state }) => state === 'waiting')).toBe(true);
    await vi.waitFor(waits, { timeout: 80_000, interval: 500 });
    await system.call('DELETE', '/_local/faults');
    await system.idle();

    const personId = await personOf(won);
    expect(await Promise.all([lost, open, again].map(personOf))).toEqual([personId, personId, personId]);
    expect(await personOf(other)).not.toBe(personId);
    expect(await person(personId)).toEqual({ personId, leadIds: [won, lost, open, again].sort(), state: 'held' });

    const held = await system.call<{
      leads: Record<string, unknown>[];
      files: { uploadId: string; url: string }[];
      quarantine: object[];
    }>('GET', `/persons/${personId}/export`);
    expect(held.status).toBe(200);
    const first = held.body.leads.find(({ leadId }) => leadId === won);
    for (const part of ['form', 'timeline', 'interactions', 'tasks', 'messages', 'surveys', 'payments', 'decisions'])
      expect([part, JSON.stringify(first?.[part] ?? '').length > 2]).toEqual([part, true]);
    expect(held.body.files).toEqual([expect.objectContaining({ uploadId, leadId: won })]);
    expect(held.body.quarantine).toHaveLength(1);
    const [file] = held.body.files;
    expect((await fetch(file?.url ?? '')).status).toBe(200);
    expect((await system.call('GET', `/_local/files/${heard(won)}`)).status).toBe(200);
    expect((await system.call('GET', `/persons/${personId}/export`, undefined, await li())).status).toBe(403);
    expect((await traces()).length).toBeGreaterThan(15);

    const before = await counts();
    expect((await system.call('DELETE', `/persons/${personId}?reason=whim`)).status).toBe(400);
    expect((await system.call('DELETE', `/persons/${personId}`)).status).toBe(202);
    await system.idle();
    expect(await person(personId)).toMatchObject({ state: 'erased', reason: 'request', by: { role: 'admin' } });
    expect(await traces()).toEqual([]);
    expect((await fetch(file?.url ?? '')).status).toBe(404);
    expect((await system.call('GET', `/_local/files/${heard(won)}`)).status).toBe(404);

    // What is counted stays, and so does the chain of decisions, with who wanted it.
    expect(await counts()).toEqual(before);
    for (const leadId of [won, lost, open, again]) {
      const { body } = await system.call<{ intact: boolean; records: number }>('GET', `/audit/verify?leadId=${leadId}`);
      expect([leadId, body.intact]).toEqual([leadId, true]);
      const { body: decisions } = await system.call<{ items: object[] }>('GET', `/leads/${leadId}/decisions`);
      expect(decisions.items.at(-1)).toMatchObject({ basis: 'erased', by: { role: 'admin' } });
    }
    expect((await system.show(won)).status).toBe('won');
    expect(await system.show(open)).toMatchObject({ status: 'rejected', contact: {} });
    // Nothing is added any more; once is enough; whoever comes back is somebody new.
    const more = { channel: 'phone', summary: 'x', outcome: 'x' };
    expect((await system.call('POST', `/leads/${open}/interactions`, more)).status).toBe(410);
    expect((await system.call('GET', `/persons/${personId}/export`)).status).toBe(410);
    expect((await system.call('DELETE', `/persons/${personId}`)).status).toBe(200);
    expect((await system.call('DELETE', '/persons/person-nobody')).status).toBe(404);
    expect((await system.show(other)).contact.name).toBe('赵敏');
    const back = await system.lead(marked());
    expect(await personOf(back)).toBe(`person-${back}`);
  });
});

/** What reports say of the product line that is none. */
async function counts() {
  const [health, response, reconciled] = await Promise.all([
    system.call<{ stages: object; cycle: object; contacts: object }>('GET', '/reports/process-health'),
    system.call('GET', '/reports/response-time'),
    system.call<{ difference: number; received: number }>('GET', '/reports/reconciliation'),
  ]);
  const { stages, cycle, contacts } = health.body;
  const { difference, received } = reconciled.body;
  return { stages, cycle, contacts, response: response.body, difference, received };
}
