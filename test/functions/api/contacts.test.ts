import { beforeAll, describe, expect, it } from 'vitest';
import { logInteraction } from '../../../functions/api/routes/contacts.ts';
import { defaultJourneyRules } from '../../../shared/journey/standard.ts';
import { interactionsOf } from '../../../shared/journey/store.ts';
import { addTask, newTaskId, tasksAbout } from '../../../shared/journey/tasks/store.ts';
import { setTask } from '../../../shared/journey/tasks/task.ts';
import { become } from '../../../shared/lead/lead.ts';
import { read } from '../../../shared/lead/store.ts';
import { commit } from '../../../shared/platform/commit.ts';
import { newId } from '../../../shared/platform/random.ts';
import { beforeCommit, leadsExist, monday, scoredLead } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';
import { admin, call, hire, rep } from './asked.ts';

const { table } = useRealTable();
const HOUR = 3600_000;
const hence = (ms: number): string => new Date(monday.getTime() + ms).toISOString();
const spoke = {
  channel: 'phone',
  minutes: 6,
  summary: 'wants a demo',
  outcome: 'interested',
  nextStep: { text: 'send the offer', dueAt: hence(72 * HOUR) },
};
const under = (key: string) => ({ headers: { 'idempotency-key': key } });

/** A lead that somebody has. */
async function theirs(openTasks?: number): Promise<string> {
  const owner = { repId: 'rep-li', name: 'LI', teamId: 'east' };
  const scored = scoredLead(newId(monday), openTasks === undefined ? {} : { openTasks });
  const lead = become(scored, { status: 'assigned', owner });
  await leadsExist(table(), lead);
  return lead.leadId;
}
const log = (leadId: string, but: Parameters<typeof call>[2] = {}, at = hence(HOUR)) =>
  call(logInteraction, at, { params: { leadId }, body: spoke, person: rep('rep-li'), ...but });
/** How many contacts there are with a lead, and how many tasks about it. */
const written = async (leadId: string) => [
  (await interactionsOf(table(), leadId)).length,
  (await tasksAbout(table(), leadId)).length,
];

beforeAll(() => hire(table(), 'rep-li'));

describe('a contact that is logged under an Idempotency-Key', () => {
  it('and again, is answered as at first, and is one contact with one task', async () => {
    const leadId = await theirs();
    const first = await log(leadId, under('k'));
    expect(first).toMatchObject({ status: 201, body: { taskId: expect.any(String), firstContactAt: hence(HOUR) } });
    expect(JSON.stringify(await log(leadId, under('k'), hence(20 * HOUR)))).toBe(JSON.stringify(first));
    expect(await written(leadId)).toEqual([1, 1]);
  });

  it('is refused when it is another one, which names the header and writes nothing', async () => {
    const leadId = await theirs();
    await log(leadId, under('k'));
    const other = await log(leadId, { ...under('k'), body: { ...spoke, minutes: 7 } });
    expect(other).toMatchObject({ status: 409, body: { errors: [{ path: 'Idempotency-Key' }] } });
    expect(await written(leadId)).toEqual([1, 1]);
  });

  it('twenty times at once is one contact, and all are told the same', async () => {
    const leadId = await theirs();
    const answers = await Promise.all(Array.from({ length: 20 }, () => log(leadId, under('k'))));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
    expect(await written(leadId)).toEqual([1, 1]);
  });

  it('is one contact, too, when somebody else changed the lead in that moment', async () => {
    const leadId = await theirs();
    const settle = beforeCommit(table(), 1, async () => {
      await log(leadId, { person: admin });
    });
    const first = await log(leadId, under('k'));
    settle();
    expect(await log(leadId, under('k'))).toEqual(first);
    expect(await written(leadId)).toEqual([2, 2]);
  });

  it('may be corrected in what was refused: nothing was written under the key', async () => {
    const leadId = await theirs();
    expect((await log(leadId, { ...under('k'), body: { ...spoke, at: hence(48 * HOUR) } })).status).toBe(400);
    expect((await log(leadId, under('k'))).status).toBe(201);
    expect((await log(leadId, under(''))).body).toMatchObject({ errors: [{ path: 'Idempotency-Key' }] });
  });

  it('is another with another lead, of somebody else, after a day, or without a key', async () => {
    const [leadId, other] = [await theirs(), await theirs()];
    await log(leadId, under('k'));
    expect((await log(other, under('k'))).status).toBe(201);
    expect(await written(other)).toEqual([1, 1]);
    await log(leadId, { ...under('k'), person: admin });
    expect(await written(leadId)).toEqual([2, 2]);
    await log(leadId, under('k'), hence(25 * HOUR));
    expect((await written(leadId))[0]).toBe(3);
    await log(leadId, {}, hence(25 * HOUR));
    await log(leadId, {}, hence(25 * HOUR));
    expect((await written(leadId))[0]).toBe(5);
  });
});

describe('a contact that does what was due', () => {
  it('does more than a transaction holds in two goes', async () => {
    const leadId = await theirs(99);
    const due = Array.from({ length: 99 }, () =>
      setTask(
        { taskId: newTaskId(leadId, monday), leadId, repId: 'rep-li', kind: 'next-step', text: 'call', from: 'before' },
        hence(HOUR),
        defaultJourneyRules.tasks,
        monday,
      ),
    );
    await commit(table(), due.map(addTask));
    const first = await log(leadId, under('k'));
    const second = await log(leadId);
    expect([first.status, second.status]).toEqual([201, 201]);
    const done = [first, second].flatMap<string>(({ body }) => body.tasksDone ?? []);
    expect(done.sort()).toEqual(due.map(({ taskId }) => taskId).sort());
    expect((await read(table(), leadId))?.openTasks).toBe(2);
  });
});
