import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, describe, expect, it } from 'vitest';
import { catchUp, wake } from '../../../functions/notification/catch-up.ts';
import { channels } from '../../../functions/notification/channels/index.ts';
import { wecomBody } from '../../../functions/notification/channels/wecom.ts';
import { deliver } from '../../../functions/notification/deliver.ts';
import { type ChannelName, type Message, NotTaken } from '../../../functions/notification/message.ts';
import { noticesOf } from '../../../shared/notice/store.ts';
import { announceDue, waitingFor } from '../../../shared/notice/waiting/store.ts';
import { query, type Table } from '../../../shared/platform/table.ts';
import { losingAnswer, monday } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();
const message = (to: string, but: Partial<Message> = {}): Message => ({
  channel: 'push',
  to,
  kind: 'lead-assigned',
  title: 't',
  text: 'x',
  values: {},
  instead: [],
  ...but,
});
const real = channels.push.send;
const channel = channels.push as { send: typeof real };
const clockAt = (minutes: number) => () => new Date(monday.getTime() + minutes * 60_000);
const at = (minutes: number, lastTry = false) => ({ now: clockAt(minutes), lastTry });

/** The same table, of which the index of what is due goes on to show for this channel what it shows now. */
async function withIndexOf(name: string): Promise<Table> {
  const { name: TableName, client } = table();
  const asked = { TableName, IndexName: 'byDue', KeyConditionExpression: 'due = :pk' };
  const pk = `WAITING#${name}`;
  const { Items = [] } = await client.send(new QueryCommand({ ...asked, ExpressionAttributeValues: { ':pk': pk } }));
  const send = async (command: QueryCommand) => {
    const { IndexName, ExpressionAttributeValues: values, Limit } = command.input;
    if (IndexName !== 'byDue' || values?.[':pk'] !== pk) return client.send(command);
    return { Items: Items.filter(({ dueAt }) => String(dueAt) <= (values[':bound'] ?? '9999')).slice(0, Limit) };
  };
  return { name: TableName, client: { send } as unknown as Table['client'] };
}

/** Looks each minute for what is due to be tried, and does it. */
async function everyMinute(from: number, to: number, act: (minute: number) => Promise<void>): Promise<void> {
  const due = async () => (await query(table(), { pk: 'CHANNELS', begins: 'EVENT#' })).length;
  for (let minute = from; minute <= to; minute += 1) {
    const before = await due();
    await announceDue(table(), clockAt(minute)());
    if ((await due()) > before) await act(minute);
  }
}

/** Lets the channel take what `take` says it takes, and notes what was sent. */
function channelTakes(take: (to: string) => boolean): string[] {
  const sent: string[] = [];
  channel.send = async ({ to }) => {
    if (!take(to)) throw new Error('the channel is down');
    sent.push(to);
  };
  return sent;
}

describe('delivering a message', () => {
  afterEach(() => {
    channel.send = real;
  });

  it('sends it once, however often its event is delivered, also at the same time', async () => {
    const sent = channelTakes(() => true);
    await Promise.allSettled(Array.from({ length: 10 }, () => deliver(table(), 'e1', [message('ann')], at(0))));
    await deliver(table(), 'e1', [message('ann')], at(0));
    expect(sent).toEqual(['ann']);
  });

  it('tries again what the channel did not take, without sending the others again', async () => {
    let down = true;
    const sent = channelTakes((to) => to !== 'bob' || !down);
    await expect(deliver(table(), 'e2', [message('ann'), message('bob')], at(0))).rejects.toThrow('down');
    down = false;
    await deliver(table(), 'e2', [message('ann'), message('bob')], at(0));
    expect(sent).toEqual(['ann', 'bob']);
  });

  it('writes one claim and one mark for all messages of an event that are taken at once, and says what became of each', async () => {
    const sent = channelTakes(() => true);
    await deliver(table(), 'e4', [message('ann'), message('bob'), message('ann')], at(0));
    expect(sent).toEqual(['ann', 'bob']);
    expect(await query(table(), { pk: 'NOTICES#e4' })).toHaveLength(1);
    const taken = { channel: 'push', state: 'sent', attempts: [{ at: monday.toISOString() }] };
    expect(await noticesOf(table(), 'e4')).toMatchObject([taken, taken]);
  });

  it('takes over from a sender that died, after its lease', async () => {
    const sending = new Promise<void>((begun) => {
      channel.send = () => {
        begun();
        return new Promise(() => undefined);
      };
    });
    void deliver(table(), 'e3', [message('ann')], at(0));
    await sending;
    await expect(deliver(table(), 'e3', [message('ann')], at(0))).rejects.toThrow('changed meanwhile');
    const sent = channelTakes(() => true);
    await deliver(table(), 'e3', [message('ann')], at(2));
    expect(sent).toEqual(['ann']);
  });

  it('does so at once, though the table’s answer to a claim is lost', async () => {
    const sent = channelTakes(() => true);
    const answerAgain = losingAnswer(table(), 'PutCommand');
    await deliver(table(), 'e6', [message('ann')], at(0));
    answerAgain();
    channelTakes(() => false);
    await expect(deliver(table(), 'e7', [message('bob')], at(0))).rejects.toThrow('down');
    channelTakes((to) => sent.push(to) > 0);
    const answerOnceMore = losingAnswer(table(), 'UpdateCommand');
    await deliver(table(), 'e7', [message('bob')], at(2));
    answerOnceMore();
    expect(sent).toEqual(['ann', 'bob']);
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
    const before = await withIndexOf('push');
    await deliver(table(), 'l1', [message('eve')], at(1600, true));
    channelTakes((to) => sent.push(to) > 0);
    await catchUp(before, 'push', clockAt(1601));
    await everyMinute(1602, 1606, (minute) => catchUp(table(), 'push', clockAt(minute)));
    expect(sent).toEqual(['eve']);
  });

  it('cuts a WeCom message at 4096 bytes, never within a character', () => {
    const { markdown } = wecomBody({ ...message('admins'), text: '线'.repeat(3000) });
    expect(Buffer.byteLength(markdown.content)).toBeLessThanOrEqual(4096);
    expect(markdown.content).not.toMatch('\uFFFD');
  });
});

describe('a message that a channel refuses for good', () => {
  type Open = { -readonly [name in ChannelName]: { send: typeof real } };
  const open = channels as unknown as Open;
  const kept = { sms: open.sms.send, 'wecom-app': open['wecom-app'].send, email: open.email.send };
  afterEach(() => {
    channel.send = real;
    for (const [name, send] of Object.entries(kept)) open[name as ChannelName].send = send;
  });
  const refuse = (name: ChannelName) => {
    open[name].send = async () => {
      throw new NotTaken(name, 'gone', { forGood: true });
    };
  };
  const take = (name: ChannelName, sent: string[]) => {
    open[name].send = async ({ to }) => {
      sent.push(`${name} ${to}`);
    };
  };
  const instead = [
    { channel: 'wecom-app' as const, to: 'Ann' },
    { channel: 'email' as const, to: 'ann@example.com' },
  ];

  it('goes by the next way that takes it, once, however often its event comes', async () => {
    const sent: string[] = [];
    refuse('push');
    refuse('wecom-app');
    take('email', sent);
    const one = message('ann', { instead });
    for (let n = 0; n < 3; n += 1) await deliver(table(), 'g1', [one], at(n));
    expect(sent).toEqual(['email ann@example.com']);
    expect((await noticesOf(table(), 'g1')).map(({ channel, state, code }) => [channel, state, code])).toEqual(
      expect.arrayContaining([
        ['push', 'failed', 'gone'],
        ['wecom-app', 'failed', 'gone'],
        ['email', 'sent', undefined],
      ]),
    );
  });

  it('takes one other way only, when two of a person’s ways fail', async () => {
    const sent: string[] = [];
    refuse('push');
    refuse('sms');
    take('wecom-app', sent);
    const both = [message('ann', { instead }), message('+8613800138000', { channel: 'sms', instead })];
    await deliver(table(), 'g2', both, at(0)).catch(() => undefined);
    await deliver(table(), 'g2', both, at(0, true));
    expect(sent).toEqual(['wecom-app Ann']);
  });

  it('takes no other way by which somebody was told already', async () => {
    const sent: string[] = [];
    refuse('push');
    take('wecom-app', sent);
    const both = [message('ann', { instead }), message('Ann', { channel: 'wecom-app' })];
    for (let n = 0; n < 2; n += 1) await deliver(table(), 'g4', both, at(n));
    expect(sent).toEqual(['wecom-app Ann']);
  });

  it('goes another way, too, when its channel did not take it for a day', async () => {
    const sent: string[] = [];
    channelTakes(() => false);
    take('wecom-app', sent);
    await deliver(table(), 'g3', [message('ann', { instead })], at(0, true));
    await catchUp(table(), 'push', clockAt(60));
    expect(sent).toEqual([]);
    await catchUp(table(), 'push', clockAt(24 * 60 + 1));
    expect(sent).toEqual(['wecom-app Ann']);
  });

  it('waits as long as the channel wants to be left alone', async () => {
    let asked = 0;
    open['wecom-app'].send = async () => {
      asked += 1;
      if (asked === 1) throw new NotTaken('wecom-app', '429', { retryAfter: 600 });
    };
    await deliver(table(), 'r1', [message('Ann', { channel: 'wecom-app' })], at(1000));
    await deliver(table(), 'r2', [message('Bob', { channel: 'wecom-app' })], at(1001));
    expect(asked).toBe(1);
    for (let minute = 1001; minute <= 1012; minute += 1) {
      const before = (await query(table(), { pk: 'CHANNELS', begins: 'EVENT#' })).length;
      await announceDue(table(), clockAt(minute)());
      const due = (await query(table(), { pk: 'CHANNELS', begins: 'EVENT#' })).length > before;
      if (due) await catchUp(table(), 'wecom-app', clockAt(minute));
      expect(asked).toBe(minute < 1010 ? 1 : 3);
    }
  });

  it('waits so long, too, when the channel says so of a message that waited', async () => {
    const down = () => Promise.reject(new Error('down'));
    open['wecom-app'].send = down;
    await deliver(table(), 'r3', [message('Cy', { channel: 'wecom-app' })], at(1100, true));
    open['wecom-app'].send = () => Promise.reject(new NotTaken('wecom-app', '429', { retryAfter: 600 }));
    const triedAt: number[] = [];
    await everyMinute(1101, 1112, async (minute) => {
      triedAt.push(minute);
      await catchUp(table(), 'wecom-app', clockAt(minute));
    });
    expect(triedAt).toEqual([1101, 1111]);
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
    await wake(await withIndexOf('quiet'), clockAt(7100));
    expect(sent).toEqual(['dan']);
    await everyMinute(7101, 7105, (minute) => wake(table(), clockAt(minute)));
    expect(sent).toEqual(['dan', 'eli']);
  });

  it('is sent once though it is woken twice at the same time', async () => {
    const sent = channelTakes(() => true);
    await deliver(table(), 'q3', [quiet('cy', 6000)], at(5900));
    await Promise.all([wake(table(), clockAt(6001)), wake(table(), clockAt(6001))]);
    expect(sent).toEqual(['cy']);
  });
});
