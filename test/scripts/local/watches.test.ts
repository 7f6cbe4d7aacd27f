import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { beforeAll, expect, it } from 'vitest';
import { tryAnew } from '../../../functions/escalation/try-anew.ts';
import type { WireItem } from '../../../scripts/local/item-size.ts';
import { NEVER, Standstill } from '../../../scripts/local/standstill.ts';
import { watchesOf } from '../../../scripts/local/watches.ts';
import { defaultBreakerRules } from '../../../shared/breaker/breaker.ts';
import { countFailure } from '../../../shared/breaker/store.ts';
import { rosterChanged } from '../../../shared/config/store.ts';
import { addTask, newTaskId } from '../../../shared/journey/tasks/store.ts';
import { become } from '../../../shared/lead/lead.ts';
import { claimNotice, partitionOf } from '../../../shared/notice/store.ts';
import { waitFor } from '../../../shared/notice/waiting/store.ts';
import { after } from '../../../shared/platform/clock.ts';
import { commit } from '../../../shared/platform/commit.ts';
import { newId } from '../../../shared/platform/random.ts';
import { forgetFull, fullNow, noteFull } from '../../../shared/routing/room/store.ts';
import { anyInputs, anyRep, leadsExist, monday, scoredLead } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();
const DAY = 24 * 3600 * 1000;
const sunday = after(monday, -DAY);
const saturday = after(monday, -2 * DAY);
const owner = { repId: 'rep-li', name: '李雷' };

/** What gives a schedule something to do, written as the steps write it: each sooner than the one before. */
const happenings: [what: string, schedule: 'escalation' | 'breaker', happens: () => Promise<unknown>][] = [
  [
    'a lead whose owner has to call',
    'escalation',
    () => leadsExist(table(), become(scoredLead(newId(monday)), { status: 'assigned', owner })),
  ],
  [
    'a task that is due',
    'escalation',
    () => {
      const [dueAt, createdAt] = [sunday.toISOString(), saturday.toISOString()];
      const who = { taskId: newTaskId(undefined, saturday), repId: 'rep-li', from: 'review', text: 'ask for the plan' };
      const when = { dueAt, createdAt, remindAt: dueAt, overdueAt: monday.toISOString() };
      return commit(table(), [addTask({ ...who, ...when, kind: 'decision', state: 'open', postponed: 0, version: 1 })]);
    },
  ],
  [
    'a message that its channel did not take',
    'escalation',
    async () => {
      const notice = { partition: partitionOf('event-1'), eventId: 'event-1', channel: 'sms', to: '+8613800138000' };
      await claimNotice(table(), notice, saturday);
      await waitFor(table(), notice, { text: 'x' }, { code: 'down' }, saturday);
    },
  ],
  [
    'a breaker that opens',
    'breaker',
    async () => {
      for (let n = 0; n < defaultBreakerRules.leads; n += 1) {
        const lead = { leadId: newId(monday), at: monday.toISOString() };
        await countFailure(table(), 'no-territory', lead, defaultBreakerRules, monday);
      }
    },
  ],
];

beforeAll(async () => {
  for (let looked = 0; looked < 2; looked += 1)
    await tryAnew(
      table(),
      () => monday,
      () => true,
    );
});

async function everything(): Promise<Map<string, WireItem>> {
  const { Items = [] } = await table().client.send(new ScanCommand({ TableName: table().name, ConsistentRead: true }));
  return new Map(Items.map((item) => [JSON.stringify(item), marshall(item) as unknown as WireItem]));
}

/** What knows when schedules have something to do, with nothing in the inbox. */
function standstillOf() {
  const watches = watchesOf(table(), { list: async () => [], written: () => 0 });
  const standstill = new Standstill(
    watches,
    () => 0,
    () => false,
  );
  return { watches, standstill };
}

it.each(happenings)('%s wakes the %s no later than there is something to do', async (_, schedule, happens) => {
  const { watches, standstill } = standstillOf();
  const before = await everything();
  expect(await standstill.idles(schedule, new Date(1))).toBe(true);
  await happens();
  for (const [name, item] of await everything()) if (!before.has(name)) standstill.wrote(item);
  const moment = new Date(Math.max(1, (await watches[schedule].soonest()).getTime()));
  expect(moment < NEVER).toBe(true);
  expect(await standstill.idles(schedule, moment)).toBe(false);
});

it('a change of staff wakes the escalation, until leads that wait for a shift were looked through twice', async () => {
  const { standstill } = standstillOf();
  const idles = () => standstill.idles('escalation', new Date(1));
  const run = () =>
    tryAnew(
      table(),
      () => monday,
      () => true,
    );
  const before = await everything();
  expect(await idles()).toBe(true);
  await commit(table(), [rosterChanged()]);
  for (const [name, item] of await everything()) if (!before.has(name)) standstill.wrote(item);
  expect(await idles()).toBe(false);
  await run();
  expect(await idles()).toBe(false);
  await run();
  expect(await idles()).toBe(true);
});

it('files in the inbox wake their schedule once more are written', async () => {
  const inbox = { files: [] as string[], written: 0 };
  const { imports } = watchesOf(table(), { list: async () => inbox.files, written: () => inbox.written });
  const standstill = new Standstill(
    { imports },
    () => inbox.written,
    () => false,
  );
  expect(await standstill.idles('imports', monday)).toBe(true);
  inbox.files = ['imports/inbox/fair.csv'];
  inbox.written += 1;
  expect(await standstill.idles('imports', monday)).toBe(false);
});

it('a lead that waits for a shift while somebody has no room wakes the escalation until they are forgotten', async () => {
  const { standstill } = standstillOf();
  const idles = () => standstill.idles('escalation', new Date(1));
  expect(await idles()).toBe(true);
  const before = await everything();
  await commit(table(), noteFull(newId(monday), anyInputs({ reps: [anyRep('full', { capacity: 0 })] }), monday));
  for (const [name, item] of await everything()) if (!before.has(name)) standstill.wrote(item);
  expect(await idles()).toBe(false);
  const seen = await fullNow(table());
  if (!seen) throw new Error('one is full');
  await forgetFull(table(), ['full'], seen);
  expect(await idles()).toBe(true);
});
