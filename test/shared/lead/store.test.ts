import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from 'vitest';
import { announce } from '../../../events/contract.ts';
import { LeadReceived } from '../../../events/lead-received.ts';
import { LeadScored } from '../../../events/lead-scored.ts';
import { become, type Lead } from '../../../shared/lead/lead.ts';
import { packed, unpacked } from '../../../shared/lead/packing.ts';
import { anyStatus, create, list, read, save, saveForm, saveScored, timeline } from '../../../shared/lead/store.ts';
import { commit, riding } from '../../../shared/platform/commit.ts';
import { newId } from '../../../shared/platform/random.ts';
import { get, type Table } from '../../../shared/platform/table.ts';
import { anyForm, monday, scoredLead } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();

const received = (leadId: string) => announce(LeadReceived, { leadId, source: 'web' });
const scored = (leadId: string) => announce(LeadScored, { leadId, value: 50, grade: 'B' });
const unscored = (): Lead => {
  const { score, ...lead } = scoredLead(newId(monday));
  return become(lead as Lead, { status: 'received' });
};
const { score } = scoredLead();
const withScore = (lead: Lead): Lead => ({ ...become(lead, { status: 'scored' }), ...(score ? { score } : {}) });
const typesOf = async ({ leadId }: Lead) => (await timeline(table(), leadId)).map(({ type }) => type);
const now = async (lead: Lead): Promise<Lead> => {
  const found = await read(table(), lead.leadId);
  if (!found) throw new Error('the lead is gone');
  return found;
};

describe('a stored lead', () => {
  it('is read as it was written, in whatever state, and takes less than half a kilobyte', () => {
    const owner = { repId: 'rep-li', name: '李雷', teamId: 'east', weighs: 2_000_000 };
    const because = ['source.channel is web', '420 s on site', '9 pages viewed', '2 downloads', '320 employees'];
    const points = because.map((text, at) => ({ rule: `rule-${at}`, points: 5 * at, because: text }));
    const lead = scoredLead(newId(monday), { score: { value: 85, grade: 'A', points, version: 1 } });
    const states: Lead[] = [
      unscored(),
      lead,
      become(lead, { status: 'assigned', owner }),
      become(lead, { status: 'manual', cause: 'no-territory', since: monday.toISOString(), held: true }),
      become(lead, { status: 'lost', owner, closedAt: monday.toISOString(), lostReason: '预算被砍' }),
    ];
    for (const state of states) {
      expect(unpacked(packed(state))).toEqual(state);
      expect(packed(state).length).toBeLessThan(512);
    }
  });

  it('of an earlier release, as it lay there then, is read and saved', async () => {
    const lead = scoredLead(newId(monday));
    const item = { pk: `LEAD#${lead.leadId}`, sk: 'LEAD', lead, version: lead.version, list: 'STATUS#scored#0' };
    const client = table().client as unknown as DynamoDBClient;
    await client.send(new PutItemCommand({ TableName: table().name, Item: marshall({ ...item, sort: lead.leadId }) }));
    expect(await now(lead)).toEqual(lead);
    await commit(table(), [save(lead, { ...lead, attempts: 1 })]);
    expect(await now(lead)).toMatchObject({ attempts: 1, version: 2 });
    expect(await get(table(), item)).not.toHaveProperty('lead');
  });

  it('keeps the events that ride in its items, in their order, however often these are written again', async () => {
    const lead = unscored();
    await commit(table(), create(lead, anyForm, riding(received(lead.leadId), monday)));
    await commit(table(), saveScored(lead, withScore(lead), scored(lead.leadId), monday));
    const once = await now(lead);
    await commit(table(), [save(once, { ...once, attempts: 1 })]);
    await commit(table(), [saveForm(lead.leadId, { ...anyForm, productLine: 'mes' }, anyForm)]);
    expect(await typesOf(lead)).toEqual(['LeadReceived', 'LeadScored']);
    const [first] = await timeline(table(), lead.leadId);
    expect(first).toMatchObject({
      at: monday.toISOString(),
      detail: { leadId: lead.leadId, at: monday.toISOString() },
    });
    expect(LeadReceived.schema.safeParse(first?.detail).success).toBe(true);
  });

  it('that gets a score a second time loses neither event', async () => {
    const lead = unscored();
    await commit(table(), create(lead, anyForm));
    const changes = saveScored(lead, withScore(lead), scored(lead.leadId), monday);
    expect(changes).toHaveLength(1);
    await commit(table(), changes);
    const once = await now(lead);
    await commit(table(), saveScored(once, { ...once, attempts: 1 }, scored(lead.leadId), monday));
    expect(await typesOf(lead)).toEqual(['LeadScored', 'LeadScored']);
  });

  it('that somebody else has changed is not saved, and nothing rides in it', async () => {
    const lead = unscored();
    await commit(table(), create(lead, anyForm));
    await commit(table(), [save(lead, lead)]);
    await expect(commit(table(), saveScored(lead, withScore(lead), scored(lead.leadId), monday))).rejects.toThrow(
      'lead',
    );
    expect(await typesOf(lead)).toEqual([]);
  });

  it('on its way is listed by its state, though those received and those scored share a place', async () => {
    const [waiting, graded] = [unscored(), scoredLead(newId(monday))];
    await commit(table(), create(waiting, anyForm));
    await commit(table(), create(graded, anyForm));
    const idsOf = async (selection: Parameters<typeof list>[1]) =>
      (await list(table(), selection, () => true, 200)).items.map(({ leadId }) => leadId);
    expect(await idsOf({ statuses: ['received'] })).toContain(waiting.leadId);
    expect(await idsOf({ statuses: ['received'] })).not.toContain(graded.leadId);
    expect(await idsOf({ statuses: ['scored'] })).toContain(graded.leadId);
    const all = await idsOf(anyStatus);
    for (const { leadId } of [waiting, graded]) expect(all.filter((id) => id === leadId)).toHaveLength(1);
  });

  it('of which few are asked for is found among many others without a question for each of these', async () => {
    const wanted = scoredLead(newId(new Date(monday.getTime() - 1)));
    const others = Array.from({ length: 30 }, () => scoredLead(newId(monday)));
    for (const lead of [wanted, ...others]) await commit(table(), create(lead, anyForm));
    let asked = 0;
    const send = (command: object) => {
      asked += 1;
      return table().client.send(command as never);
    };
    const counted = { name: table().name, client: { send } } as unknown as Table;
    const found = await list(counted, { statuses: ['scored'] }, ({ leadId }) => leadId === wanted.leadId, 1);
    expect(found.items.map(({ leadId }) => leadId)).toEqual([wanted.leadId]);
    expect(asked).toBeLessThan(60);
  });
});
