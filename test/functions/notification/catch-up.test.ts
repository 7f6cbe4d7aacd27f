import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { catchUp, wake } from '../../../functions/notification/catch-up.ts';
import { deliver } from '../../../functions/notification/deliver.ts';
import { stillTrue } from '../../../functions/notification/late.ts';
import type { Message } from '../../../functions/notification/message.ts';
import { become, type Lead } from '../../../shared/lead/lead.ts';
import { noticesOf } from '../../../shared/notice/store.ts';
import { announceDue, waitingFor } from '../../../shared/notice/waiting/store.ts';
import { query } from '../../../shared/platform/table.ts';
import { anyRep, leadsExist, repsExist, scoredLead } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';
import { at, channel, channelTakes, clockAt, everyMinute, message, real, withIndexOf } from './delivery.ts';

const { table } = useRealTable();

describe('a message whose channel is down', () => {
  afterEach(() => {
    channel.send = real;
  });

  it('lets messages wait for a channel that stays down for hours, then sends all of them in their order, once each', async () => {
    let down = true;
    const sent = channelTakes(() => !down);
    const people = Array.from({ length: 120 }, (_, n) => `p${String(n).padStart(3, '0')}`);
    for (const [n, who] of people.entries()) await deliver(table(), `w${n}`, [message(who)], at(n, true));
    await deliver(table(), 'w0', [message('p000')], at(121));
    expect(sent).toEqual([]);
    const due = async () => (await query(table(), { pk: 'CHANNELS', begins: 'EVENT#' })).length;
    let trials = 0;
    for (let minute = 120; minute < 400; minute += 1) {
      down = minute < 300;
      const before = await due();
      await announceDue(table(), clockAt(minute)());
      await announceDue(table(), clockAt(minute)());
      if ((await due()) === before) continue;
      trials += 1;
      await catchUp(table(), 'push', clockAt(minute));
    }
    expect(sent).toEqual(people);
    // Every quarter of an hour at the most while it was down, then fifty at a time.
    expect(trials).toBeLessThan(25);
    await deliver(table(), 'w5', [message('p005')], at(401));
    expect(sent).toHaveLength(people.length);
  });

  it('makes no quick tries for a channel that took none of three messages, until it takes one again', async () => {
    let down = true;
    const sent = channelTakes(() => !down);
    const first = (id: string) => deliver(table(), id, [message(id)], at(0));
    await first('d0').catch(() => undefined);
    // The same message as often as it likes: it may be at fault itself.
    for (let n = 0; n < 3; n += 1) await expect(first('d1')).rejects.toThrow('down');
    await first('d2');
    await first('d3');
    const states = async (id: string) => (await noticesOf(table(), id)).map(({ state }) => state);
    expect([await states('d1'), await states('d2'), await states('d3')]).toEqual([
      ['sending'],
      ['waiting'],
      ['waiting'],
    ]);
    down = false;
    await catchUp(table(), 'push', clockAt(2));
    expect(sent).toEqual(['d2', 'd3']);
    down = true;
    await expect(first('d4')).rejects.toThrow('down');
  });

  it('does not let one message that can never be sent keep the others back, and gives it up after a day', async () => {
    const sent = channelTakes((to) => to !== 'nobody');
    await deliver(table(), 'x1', [message('nobody')], at(0, true));
    await Promise.all(['ann', 'bob'].map((who, n) => deliver(table(), `x${n + 2}`, [message(who)], at(1))));
    await catchUp(table(), 'push', clockAt(2));
    expect(sent.sort()).toEqual(['ann', 'bob']);
    await catchUp(table(), 'push', clockAt(25 * 60));
    await catchUp(table(), 'push', clockAt(25 * 60 + 1));
    expect(await waitingFor(table(), 'push', 10, clockAt(25 * 60 + 1)())).toEqual([]);
    expect(sent).toHaveLength(2);
  });

  it('lets three messages that can never be sent, first in line, keep none of the others back', async () => {
    channelTakes(() => false);
    const line = ['nobody-1', 'nobody-2', 'nobody-3', 'dan', 'nobody-4', 'eve', 'fay'];
    for (const [n, who] of line.entries()) await deliver(table(), `n-${who}`, [message(who)], at(1500 + n, true));
    const sent = channelTakes((to) => !to.startsWith('nobody'));
    await catchUp(table(), 'push', clockAt(1540));
    expect(sent.toSorted()).toEqual(['dan', 'eve', 'fay']);
    await catchUp(table(), 'push', clockAt(1500 + 25 * 60));
    expect(await waitingFor(table(), 'push', 10, clockAt(1500 + 25 * 60)())).toEqual([]);
  });

  it('does not overlook a message that began to wait a moment ago, which the index does not show yet', async () => {
    const sent = channelTakes(() => false);
    const before = await withIndexOf(table(), 'push');
    await deliver(table(), 'l1', [message('eve')], at(1600, true));
    channelTakes((to) => sent.push(to) > 0);
    await catchUp(before, 'push', clockAt(1601));
    await everyMinute(table(), 1602, 1606, (minute) => catchUp(table(), 'push', clockAt(minute)));
    expect(sent).toEqual(['eve']);
  });
});

describe('a message of which the lead went to somebody else while it waited', () => {
  const owner = { repId: 'bob', name: 'Bob' };
  const lead = become(scoredLead(), { status: 'assigned', owner });
  const { leadId } = lead;
  const toldTo = (repId: string, but: Partial<Message> = {}) =>
    message(repId, { kind: 'lead-assigned', leadId, about: { repId, status: 'assigned' }, ...but });
  const became = async (id: string) => (await noticesOf(table(), id)).map(({ state, code }) => [state, code]);
  beforeAll(() => leadsExist(table(), lead));
  afterEach(() => {
    channel.send = real;
  });

  it('is not sent once its channel is up, nor by another way after a day; whoever has the lead is told', async () => {
    channelTakes(() => false);
    const instead = [{ channel: 'web-push' as const, to: 'ann' }];
    await deliver(table(), 'u1', [toldTo('ann')], at(8000, true));
    await deliver(table(), 'u2', [toldTo('bob')], at(8000, true));
    await deliver(table(), 'u3', [toldTo('ann', { instead })], at(6500, true));
    const sent = channelTakes(() => true);
    await catchUp(table(), 'push', clockAt(8001));
    expect(sent).toEqual(['bob']);
    for (const id of ['u1', 'u3']) expect(await became(id)).toEqual([['withdrawn', 'untrue-meanwhile']]);
  });

  it('is not sent when their quiet hours end; who is reminded is not told of what is past', async () => {
    const said: string[] = [];
    channel.send = async ({ to, text }) => {
      said.push(`${to}: ${text}`);
    };
    const lapses = { at: clockAt(8100)().toISOString(), text: 'still waits', values: {} };
    const held = { kind: 'lead-reminder', lapses, quietUntil: clockAt(8200)().toISOString() } as const;
    await deliver(table(), 'u4', [toldTo('ann', held)], at(8050));
    await deliver(table(), 'u5', [toldTo('bob', held)], at(8050));
    await wake(table(), clockAt(8200));
    expect(said).toEqual(['bob: still waits']);
    expect(await became('u4')).toEqual([['withdrawn', 'untrue-meanwhile']]);
  });

  it('is not sent to whoever has left meanwhile, but for what is their own', async () => {
    await repsExist(table(), { ...anyRep('gus'), status: 'left' });
    const held = (kind: Message['kind']) =>
      message('gus', { kind, about: { repId: 'gus' }, quietUntil: clockAt(8300)().toISOString() });
    await deliver(table(), 'u6', [held('lead-missed')], at(8250));
    await deliver(table(), 'u7', [held('appeal-answered')], at(8250));
    const sent = channelTakes(() => true);
    await wake(table(), clockAt(8300));
    expect(sent).toEqual(['gus']);
    expect([await became('u6'), await became('u7')]).toEqual([
      [['withdrawn', 'untrue-meanwhile']],
      [['sent', undefined]],
    ]);
  });

  it('is not sent either where its event comes late itself, as the step was down; within minutes all is told as it happened', async () => {
    const contacted = become({ ...scoredLead(), leadId: 'called' }, { status: 'contacted', owner });
    await leadsExist(table(), contacted);
    const late = (status: Lead['status']) => toldTo('bob', { leadId: 'called', about: { repId: 'bob', status } });
    const lapses = { at: clockAt(8100)().toISOString(), text: 'still waits', values: {} };
    const messages = [
      toldTo('ann'),
      toldTo('bob'),
      late('contacted'),
      toldTo('bob', { kind: 'lead-reminder', lapses }),
    ];
    const told = async (minute: number) =>
      (await stillTrue(table(), messages, clockAt(8000)().toISOString(), clockAt(minute)())).map(
        ({ kind, to, text }) => `${kind} to ${to}: ${text}`,
      );
    expect(await told(8060)).toEqual(['lead-assigned to bob: x', 'lead-reminder to bob: x']);
    expect(await told(8120)).toEqual(['lead-assigned to bob: x', 'lead-reminder to bob: still waits']);
    expect(await told(8005)).toHaveLength(4);
  });
});

describe('a message to somebody in their quiet hours', () => {
  const quiet = (to: string, minutes: number) =>
    message(to, { quietUntil: clockAt(minutes)().toISOString(), kind: 'lead-missed' });
  afterEach(() => {
    channel.send = real;
  });

  it('waits until they end, for each person by themselves', async () => {
    const sent = channelTakes(() => true);
    await deliver(table(), 'q1', [quiet('ann', 5000)], at(4000));
    await deliver(table(), 'q2', [quiet('bob', 4500)], at(4001));
    await deliver(table(), 'q1', [quiet('ann', 5000)], at(4002));
    const wokenAt: [number, string[]][] = [];
    for (const minute of [4499, 4500, 4999, 5000, 5001]) {
      const before = (await query(table(), { pk: 'CHANNELS', begins: 'EVENT#' })).length;
      await announceDue(table(), clockAt(minute)());
      if ((await query(table(), { pk: 'CHANNELS', begins: 'EVENT#' })).length > before)
        await wake(table(), clockAt(minute));
      wokenAt.push([minute, [...sent]]);
    }
    expect(wokenAt).toEqual([
      [4499, []],
      [4500, ['bob']],
      [4999, ['bob']],
      [5000, ['bob', 'ann']],
      [5001, ['bob', 'ann']],
    ]);
  });

  it('is told in time, though the index still shows those who were told a moment ago', async () => {
    const sent = channelTakes(() => true);
    await deliver(table(), 'q4', [quiet('dan', 7100)], at(7000));
    await deliver(table(), 'q5', [quiet('eli', 7105)], at(7000));
    await wake(await withIndexOf(table(), 'quiet'), clockAt(7100));
    expect(sent).toEqual(['dan']);
    await everyMinute(table(), 7101, 7105, (minute) => wake(table(), clockAt(minute)));
    expect(sent).toEqual(['dan', 'eli']);
  });

  it('is sent once though it is woken twice at the same time', async () => {
    const sent = channelTakes(() => true);
    await deliver(table(), 'q3', [quiet('cy', 6000)], at(5900));
    await Promise.all([wake(table(), clockAt(6001)), wake(table(), clockAt(6001))]);
    expect(sent).toEqual(['cy']);
  });
});
